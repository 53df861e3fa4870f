package io.vivace.block;

/// Booleans.
///
/// @param levels levels of every entry
/// @param values one per entry that is not null
public record BooleanVector(Levels levels, boolean[] values) implements ColumnVector {
  @Override
  public int valueCount() {
    return values.length;
  }
}
