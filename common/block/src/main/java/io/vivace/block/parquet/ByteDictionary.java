package io.vivace.block.parquet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Distinct byte strings of a column chunk with ids in order of appearance: an open-addressing
/// table over one array of bytes. Allocates only to grow.
final class ByteDictionary {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long MIX = 0x9E3779B97F4A7C15L;

  private int[] slots = new int[64];
  private int[] hashes = new int[32];
  private int[] ends = new int[33];
  private int size;

  /// Entries in PLAIN encoding: a length of four bytes before each, which is the dictionary page.
  final Output plain = new Output(256);

  int size() {
    return size;
  }

  /// Where entry `id` begins in [#plain].
  int start(int id) {
    return ends[id] + 4;
  }

  int length(int id) {
    return ends[id + 1] - ends[id] - 4;
  }

  /// Id of the entry, added if it is new.
  int add(byte[] source, int from, int length) {
    int hash = hash(source, from, length);
    int mask = slots.length - 1;
    int slot = hash & mask;
    for (int found = slots[slot]; found != 0; found = slots[slot]) {
      int id = found - 1;
      if (hashes[id] == hash && equal(id, source, from, length)) {
        return id;
      }
      slot = slot + 1 & mask;
    }
    return insert(slot, hash, source, from, length);
  }

  private boolean equal(int id, byte[] source, int from, int length) {
    int start = start(id);
    return length(id) == length
        && Arrays.equals(plain.bytes, start, start + length, source, from, from + length);
  }

  private int insert(int slot, int hash, byte[] source, int from, int length) {
    int id = size++;
    slots[slot] = size;
    if (id == hashes.length) {
      hashes = Arrays.copyOf(hashes, 2 * id);
      ends = Arrays.copyOf(ends, 2 * id + 1);
    }
    hashes[id] = hash;
    plain.putInt(length);
    plain.put(source, from, length);
    ends[size] = plain.length;
    if (2 * size > slots.length) {
      rehash();
    }
    return id;
  }

  private void rehash() {
    int mask = 2 * slots.length - 1;
    slots = new int[mask + 1];
    for (int id = 0; id < size; id++) {
      int slot = hashes[id] & mask;
      while (slots[slot] != 0) {
        slot = slot + 1 & mask;
      }
      slots[slot] = id + 1;
    }
  }

  /// Only finds candidates; entries are equal when their bytes are.
  private static int hash(byte[] source, int from, int length) {
    long hash = length;
    int i = from;
    int stop = from + length;
    for (; i + 8 <= stop; i += 8) {
      hash = (hash ^ (long) LONG.get(source, i)) * MIX;
      hash ^= hash >>> 29;
    }
    long tail = 0;
    for (int shift = 0; i < stop; i++, shift += 8) {
      tail |= (source[i] & 0xffL) << shift;
    }
    hash = (hash ^ tail) * MIX;
    return (int) (hash ^ hash >>> 32);
  }

  void clear() {
    Arrays.fill(slots, 0);
    size = 0;
    plain.clear();
  }

  /// Compares two entries as unsigned bytes.
  int compare(int a, int b) {
    return Arrays.compareUnsigned(
        plain.bytes, start(a), start(a) + length(a), plain.bytes, start(b), start(b) + length(b));
  }

  byte[] entry(int id) {
    return Arrays.copyOfRange(plain.bytes, start(id), start(id) + length(id));
  }
}
