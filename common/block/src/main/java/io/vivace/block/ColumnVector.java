package io.vivace.block;

/// All entries of one leaf column of a row group, decoded.
///
/// Values are dense: the n-th value belongs to the n-th entry whose definition level is the
/// highest. Arrays are shared with caches and must not be changed.
public sealed interface ColumnVector permits LongVector, DoubleVector, BooleanVector, BinaryVector {
  /// Levels of every entry.
  Levels levels();

  /// Number of values, that is of entries that are not null.
  int valueCount();
}
