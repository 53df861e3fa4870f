package io.vivace.block.parquet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Columns that sit in the same repeated group, and the levels they share: one entry per element of
/// the group, one for each parent without elements.
///
/// Nested groups are children; an absent parent is absent in all of them.
public final class LevelGroup {
  private static final int SLACK = 8;

  private final int maxRepetition;
  private final int maxDefinition;
  private final List<LevelGroup> children = new ArrayList<>();
  private final List<ColumnWriter> columns = new ArrayList<>();
  private byte[] repetition = new byte[64];
  private byte[] definition = new byte[64];
  private int count;
  private int absent;
  private int lastRepetition;

  /// Levels of this page, encoded on demand: by width.
  private final @Nullable Output[] encodedDefinition = new @Nullable Output[9];

  private final Output encodedRepetition = new Output(64);
  private final boolean[] definitionKnown = new boolean[9];
  private boolean repetitionKnown;

  /// A group below `parent`.
  ///
  /// @param parent null for the row itself
  public LevelGroup(@Nullable LevelGroup parent, int maxRepetition, int maxDefinition) {
    this.maxRepetition = maxRepetition;
    this.maxDefinition = maxDefinition;
    if (parent != null) {
      parent.children.add(this);
    }
  }

  void register(ColumnWriter column) {
    columns.add(column);
  }

  List<ColumnWriter> columns() {
    return columns;
  }

  int maxRepetition() {
    return maxRepetition;
  }

  int maxDefinition() {
    return maxDefinition;
  }

  /// Begins the first element of a parent, whose own repetition level carries over.
  public void first(LevelGroup parent) {
    append(parent.lastRepetition, maxDefinition);
  }

  /// Begins a further element of the same parent.
  public void another() {
    append(maxRepetition, maxDefinition);
  }

  /// Begins the row; only for the outermost group.
  public void row() {
    append(0, 0);
  }

  /// Notes that the current element of `parent` has no element of this group.
  public void none(LevelGroup parent) {
    none(parent.lastRepetition, parent.maxDefinition);
  }

  private void none(int repetitionLevel, int definitionLevel) {
    append(repetitionLevel, definitionLevel);
    absent++;
    for (LevelGroup child : children) {
      child.none(repetitionLevel, definitionLevel);
    }
  }

  private void append(int repetitionLevel, int definitionLevel) {
    if (count + SLACK == definition.length) {
      repetition = Arrays.copyOf(repetition, 2 * count + SLACK);
      definition = Arrays.copyOf(definition, 2 * count + SLACK);
    }
    repetition[count] = (byte) repetitionLevel;
    definition[count++] = (byte) definitionLevel;
    lastRepetition = repetitionLevel;
  }

  /// Entries of this page.
  int count() {
    return count;
  }

  /// Entries without an element.
  int absent() {
    return absent;
  }

  byte[] repetition() {
    return repetition;
  }

  byte[] definition() {
    return definition;
  }

  /// The page's repetition levels, encoded.
  Output encodedRepetition() {
    if (!repetitionKnown) {
      encodedRepetition.clear();
      int width = HybridEncoder.width(maxRepetition);
      HybridEncoder.levels(repetition, count, width, encodedRepetition);
      repetitionKnown = true;
    }
    return encodedRepetition;
  }

  /// The page's definition levels, encoded for columns with levels up to `max`.
  Output encodedDefinition(int max) {
    int width = HybridEncoder.width(max);
    Output out = encodedDefinition[width];
    if (out == null) {
      out = new Output(64);
      encodedDefinition[width] = out;
    }
    if (!definitionKnown[width]) {
      out.clear();
      HybridEncoder.levels(definition, count, width, out);
      definitionKnown[width] = true;
    }
    return out;
  }

  /// Begins a new page.
  void clear() {
    count = 0;
    absent = 0;
    repetitionKnown = false;
    Arrays.fill(definitionKnown, false);
  }
}
