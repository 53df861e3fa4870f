package io.vivace.block;

/// Repetition and definition levels of the entries of a column, in file order: what rebuilds the
/// nesting.
///
/// An entry with repetition level 0 begins a row. An entry holds a value when its definition level
/// is [#maxDefinition]; else it stands for an empty list or an absent optional at the depth its
/// definition level tells. Levels of columns without nesting are all zero.
///
/// @param repetition one level per entry, not to be changed
/// @param definition one level per entry, not to be changed
/// @param maxRepetition highest possible repetition level of the column
/// @param maxDefinition highest possible definition level of the column
public record Levels(byte[] repetition, byte[] definition, int maxRepetition, int maxDefinition) {
  /// Number of entries, those without a value included.
  public int size() {
    return definition.length;
  }
}
