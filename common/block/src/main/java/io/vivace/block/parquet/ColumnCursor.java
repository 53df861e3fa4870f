package io.vivace.block.parquet;

import static io.vivace.block.parquet.MalformedDataException.check;

import io.vivace.block.Dictionary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Walks over the entries of one column, page by page, for assembling rows. For one thread.
///
/// The cursor stands on an entry until [#exhausted]. Values must be taken in step: [#advance] skips
/// the value of an entry that nobody asked for.
public final class ColumnCursor {
  private final PageStream pages;
  private final ColumnBuffer buffer;
  private final int maxDefinition;
  private final boolean onePage;
  private int entry;
  private int value;
  private boolean exhausted;
  private @Nullable String[] texts = {};

  ColumnCursor(PageStream pages, ColumnBuffer buffer, boolean onePage) throws IOException {
    this.pages = pages;
    this.buffer = buffer;
    this.maxDefinition = buffer.leaf.maxDefinition();
    this.onePage = onePage;
    load();
  }

  private void load() throws IOException {
    buffer.clear();
    entry = 0;
    value = 0;
    exhausted = pages.next(buffer) < 0;
    if (exhausted) {
      check(pages.entriesLeft() == 0, "entries missing", pages.entriesLeft(), "0");
    }
  }

  /// The column.
  public Leaf leaf() {
    return buffer.leaf;
  }

  /// Whether there is no entry left.
  public boolean exhausted() {
    return exhausted;
  }

  /// Repetition level of the entry, 0 when there is none: the row has ended either way.
  public int repetition() {
    return exhausted ? 0 : buffer.repetition[entry];
  }

  /// Definition level of the entry.
  public int definition() {
    if (exhausted) {
      throw new MalformedDataException(leaf().path() + ": column ends early (expected: an entry)");
    }
    return buffer.definition[entry];
  }

  /// Whether the entry holds a value.
  public boolean present() {
    return definition() == maxDefinition;
  }

  /// Goes to the next entry.
  public void advance() throws IOException {
    if (present()) {
      value++;
    }
    entry++;
    if (entry == buffer.entries) {
      if (onePage) {
        exhausted = true;
      } else {
        load();
      }
    }
  }

  /// Goes to the entry that begins the row `count` rows later.
  public void skipRows(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      do {
        advance();
      } while (repetition() != 0);
    }
  }

  /// The number that the entry holds.
  public long longValue() {
    return buffer.longs[value];
  }

  /// The double that the entry holds.
  public double doubleValue() {
    return buffer.doubles[value];
  }

  /// The boolean that the entry holds.
  public boolean booleanValue() {
    return buffer.booleans[value];
  }

  /// A copy of the bytes that the entry holds.
  public byte[] bytes() {
    Dictionary dictionary = buffer.dictionary;
    return dictionary == null
        ? Arrays.copyOfRange(buffer.bytes, buffer.starts[value], buffer.ends[value])
        : dictionary.entry(buffer.ids[value]);
  }

  /// The text that the entry holds; texts of dictionaries are decoded once.
  public String text() {
    Dictionary dictionary = buffer.dictionary;
    if (dictionary == null) {
      int start = buffer.starts[value];
      return new String(buffer.bytes, start, buffer.ends[value] - start, StandardCharsets.UTF_8);
    }
    int id = buffer.ids[value];
    if (texts.length == 0) {
      texts = new @Nullable String[dictionary.size()];
    }
    String known = texts[id];
    if (known == null) {
      known = dictionary.text(id);
      texts[id] = known;
    }
    return known;
  }

  /// Takes the text of an entry that must hold one.
  public String takeText() throws IOException {
    required();
    String taken = text();
    advance();
    return taken;
  }

  /// Takes the text of an entry, null when it holds none.
  public @Nullable String takeOptionalText() throws IOException {
    String taken = present() ? text() : null;
    advance();
    return taken;
  }

  /// Takes the bytes of an entry that must hold some.
  public byte[] takeBytes() throws IOException {
    required();
    byte[] taken = bytes();
    advance();
    return taken;
  }

  /// Takes the number of an entry that must hold one.
  public long takeLong() throws IOException {
    required();
    long taken = longValue();
    advance();
    return taken;
  }

  /// Takes the boolean of an entry that must hold one.
  public boolean takeBoolean() throws IOException {
    required();
    boolean taken = booleanValue();
    advance();
    return taken;
  }

  private void required() {
    if (!present()) {
      throw new MalformedDataException(leaf().path() + ": no value (expected: a value)");
    }
  }

  /// Id of the entry's value in the dictionary of the row group, -1 in columns without one.
  public int dictionaryId() {
    return buffer.dictionary == null ? -1 : buffer.ids[value];
  }
}
