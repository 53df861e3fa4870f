package io.vivace.block;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Byte strings by id, one after the other in one array.
public final class Dictionary {
  private final byte[] bytes;
  private final int[] starts;
  private final int[] ends;
  private final int size;

  /// Entry `id` is `bytes[starts[id]]` to `bytes[ends[id]]`, exclusive. The arrays become the
  /// dictionary's own.
  public Dictionary(byte[] bytes, int[] starts, int[] ends, int size) {
    this.bytes = bytes;
    this.starts = starts;
    this.ends = ends;
    this.size = size;
  }

  /// A dictionary of the given entries.
  public static Dictionary of(byte[]... entries) {
    int[] starts = new int[entries.length];
    int[] ends = new int[entries.length];
    int total = 0;
    for (int id = 0; id < entries.length; id++) {
      starts[id] = total;
      total += entries[id].length;
      ends[id] = total;
    }
    byte[] all = new byte[total];
    for (int id = 0; id < entries.length; id++) {
      System.arraycopy(entries[id], 0, all, starts[id], entries[id].length);
    }
    return new Dictionary(all, starts, ends, entries.length);
  }

  /// Number of entries.
  public int size() {
    return size;
  }

  /// A copy of the entry.
  public byte[] entry(int id) {
    return Arrays.copyOfRange(bytes, starts[id], ends[id]);
  }

  /// The entry as UTF-8 text.
  public String text(int id) {
    return new String(bytes, starts[id], ends[id] - starts[id], StandardCharsets.UTF_8);
  }

  /// Length of the entry in bytes.
  public int length(int id) {
    return ends[id] - starts[id];
  }

  /// Where the entry begins in [#bytes].
  public int start(int id) {
    return starts[id];
  }

  /// The array that holds all entries, not to be changed.
  public byte[] bytes() {
    return bytes;
  }

  /// Whether the entry has exactly these bytes.
  public boolean matches(int id, byte[] value) {
    return Arrays.equals(bytes, starts[id], ends[id], value, 0, value.length);
  }

  /// The first id of `value`, or -1. Looks at every entry.
  public int find(byte[] value) {
    for (int id = 0; id < size; id++) {
      if (matches(id, value)) {
        return id;
      }
    }
    return -1;
  }
}
