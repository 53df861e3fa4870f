package io.vivace.block.parquet;

import io.vivace.block.parquet.SchemaNode.Occurrence;
import java.util.Arrays;

/// A column of byte strings as ids of a dictionary, which holds every value of the row group: there
/// is no falling back to another encoding.
public final class DictionaryColumnWriter extends ColumnWriter {
  private final ByteDictionary dictionary = new ByteDictionary();
  private int[] ids = new int[64];

  /// Bounds of the page as ids, kept by looking at each distinct id once a page.
  private int min = -1;

  private int max = -1;
  private int[] seenOnPage = new int[64];
  private int page = 1;

  DictionaryColumnWriter(Leaf leaf, LevelGroup group, Occurrence occurrence) {
    super(leaf, group, occurrence);
  }

  /// Adds a value; returns its id.
  public int add(byte[] source, int from, int length) {
    int id = dictionary.add(source, from, length);
    addId(id);
    return id;
  }

  /// Adds a value by the id that an earlier [#add] in the same row group returned.
  public void addId(int id) {
    place();
    if (values == ids.length) {
      ids = Arrays.copyOf(ids, 2 * values);
    }
    ids[values++] = id;
    if (id >= seenOnPage.length) {
      seenOnPage = Arrays.copyOf(seenOnPage, Math.max(id + 1, 2 * seenOnPage.length));
    }
    if (seenOnPage[id] != page) {
      seenOnPage[id] = page;
      min = min < 0 || dictionary.compare(id, min) < 0 ? id : min;
      max = max < 0 || dictionary.compare(id, max) > 0 ? id : max;
    }
  }

  /// Adds the entry `id` to another column.
  public void copyTo(int id, BinaryColumnWriter target) {
    target.add(dictionary.plain.bytes, dictionary.start(id), dictionary.length(id));
  }

  @Override
  int bytes() {
    return values << 2;
  }

  @Override
  int dictionaryBytes() {
    return dictionary.plain.length;
  }

  @Override
  int encoding() {
    return Encoding.RLE_DICTIONARY;
  }

  @Override
  void encode(Output out) {
    int width = Math.max(1, HybridEncoder.width(Math.max(0, dictionary.size() - 1)));
    out.put(width);
    HybridEncoder.ids(ids, values, width, out);
  }

  @Override
  byte[] min() {
    return dictionary.entry(min);
  }

  @Override
  byte[] max() {
    return dictionary.entry(max);
  }

  @Override
  int compare(byte[] a, byte[] b) {
    return Arrays.compareUnsigned(a, b);
  }

  @Override
  ByteDictionary dictionary() {
    return dictionary;
  }

  @Override
  void clear() {
    super.clear();
    min = -1;
    max = -1;
    page++;
  }

  @Override
  void clearChunk() {
    super.clearChunk();
    dictionary.clear();
    Arrays.fill(seenOnPage, 0);
    page = 1;
  }
}
