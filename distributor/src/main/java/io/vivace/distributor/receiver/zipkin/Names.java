package io.vivace.distributor.receiver.zipkin;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// Finds a text of an arena among names that are known, without making a string of it.
final class Names {
  private final byte[][] names;
  private final int[] table;

  /// A table of `names`.
  Names(List<String> names) {
    this.names =
        names.stream().map(name -> name.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
    this.table = new int[4 * Integer.highestOneBit(names.size()) * 2];
    for (int i = 0; i < this.names.length; i++) {
      byte[] name = this.names[i];
      int slot = slot(name, 0, name.length);
      while (table[slot] != 0) {
        slot = (slot + 1) & (table.length - 1);
      }
      table[slot] = i + 1;
    }
  }

  /// The index of the name that is `text`, -1 when it is none of them.
  int find(TextArena arena, long text) {
    byte[] bytes = arena.bytes();
    int start = TextArena.start(text);
    int length = TextArena.length(text);
    if (length == 0) {
      return -1;
    }
    int slot = slot(bytes, start, length);
    while (table[slot] != 0) {
      byte[] name = names[table[slot] - 1];
      if (Arrays.equals(name, 0, name.length, bytes, start, start + length)) {
        return table[slot] - 1;
      }
      slot = (slot + 1) & (table.length - 1);
    }
    return -1;
  }

  /// Looks at four bytes only: the names are few, and what is sent may be long.
  private int slot(byte[] bytes, int start, int length) {
    int hash = length;
    hash = 31 * hash + bytes[start];
    hash = 31 * hash + bytes[start + length / 3];
    hash = 31 * hash + bytes[start + 2 * length / 3];
    hash = 31 * hash + bytes[start + length - 1];
    hash *= 0x9e3779b9;
    return hash >>> 16 & (table.length - 1);
  }
}
