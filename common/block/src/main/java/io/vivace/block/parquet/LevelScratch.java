package io.vivace.block.parquet;

/// Memory in which the levels of optional and repeated columns are laid out before encoding.
final class LevelScratch {
  byte[] repetition = new byte[64];
  byte[] definition = new byte[64];

  /// Levels of a column whose values sit at the elements in `positions`: an element with several
  /// values becomes several entries.
  int expand(LevelGroup group, int[] positions, int values, Leaf leaf, int entries) {
    if (repetition.length < entries + 8) {
      repetition = new byte[entries + (entries >> 1) + 8];
      definition = new byte[repetition.length];
    }
    int count = group.count();
    byte max = (byte) leaf.maxDefinition();
    if (entries == count) {
      System.arraycopy(group.repetition(), 0, repetition, 0, count);
      System.arraycopy(group.definition(), 0, definition, 0, count);
      for (int i = 0; i < values; i++) {
        definition[positions[i]] = max;
      }
      return count;
    }
    int at = 0;
    int value = 0;
    for (int element = 0; element < count; element++) {
      repetition[at] = group.repetition()[element];
      definition[at++] = group.definition()[element];
      for (boolean first = true; value < values && positions[value] == element; value++) {
        if (!first) {
          repetition[at++] = (byte) leaf.maxRepetition();
        }
        definition[at - 1] = max;
        first = false;
      }
    }
    return at;
  }

  /// Appends encoded levels with their length before them; nothing for columns without such levels.
  void encode(byte[] levels, int count, int width, Output out) {
    if (width == 0) {
      return;
    }
    int at = out.length;
    out.putInt(0);
    HybridEncoder.levels(levels, count, width, out);
    out.setInt(at, out.length - at - 4);
  }
}
