package io.vivace.block;

/// Texts and bytes as ids of a dictionary.
///
/// Of a chunk that is dictionary-encoded the dictionary is the chunk's, with distinct entries. Of
/// any other chunk it is a view with one entry per value and `ids` are 0, 1, 2, …
///
/// @param levels levels of every entry
/// @param ids id of each value, one per entry that is not null, all within the dictionary
/// @param dictionary what the ids stand for
/// @param dictionaryEncoded whether equal values have equal ids
public record BinaryVector(
    Levels levels, int[] ids, Dictionary dictionary, boolean dictionaryEncoded)
    implements ColumnVector {
  @Override
  public int valueCount() {
    return ids.length;
  }
}
