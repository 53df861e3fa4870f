package io.vivace.block;

/// Integers of 32 or 64 bits. Unsigned 64-bit columns keep their bits, so values from 2^63 read as
/// negative; unsigned 32-bit columns are zero-extended.
///
/// @param levels levels of every entry
/// @param values one per entry that is not null
public record LongVector(Levels levels, long[] values) implements ColumnVector {
  @Override
  public int valueCount() {
    return values.length;
  }
}
