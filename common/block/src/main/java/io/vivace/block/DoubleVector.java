package io.vivace.block;

/// Doubles.
///
/// @param levels levels of every entry
/// @param values one per entry that is not null
public record DoubleVector(Levels levels, double[] values) implements ColumnVector {
  @Override
  public int valueCount() {
    return values.length;
  }
}
