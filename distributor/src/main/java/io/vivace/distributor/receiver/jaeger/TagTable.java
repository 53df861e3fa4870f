package io.vivace.distributor.receiver.jaeger;

import io.vivace.wire.otlp.OtlpWriter;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The tags of a span, a process or a log as an attribute map: a tag whose key was there before
/// replaces its value. Keys and values are slices of the message; nothing is copied. Used again
/// after [#clear].
final class TagTable {
  static final int NONE = -1;

  /// From how many tags on keys are looked up by hash, so that a message of many tags does not cost
  /// the square of their number.
  private static final int INDEXED_FROM = 64;

  private byte[][] keySource = new byte[16][];
  private int[] keyOffset = new int[16];
  private int[] keyLength = new int[16];
  private TagType[] type = new TagType[16];
  private byte[][] source = new byte[16][];
  private int[] offset = new int[16];
  private int[] length = new int[16];
  private long[] number = new long[16];
  private boolean[] removed = new boolean[16];
  private int size;
  private @Nullable Map<ByteBuffer, Integer> index;

  void clear() {
    size = 0;
    index = null;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /// The slot of `key`, a new one when there is none; its value has to be set.
  int put(Slice key) {
    int slot = find(key.source, key.offset, key.length);
    if (slot == NONE) {
      slot = add();
      setKey(slot, key.source, key.offset, key.length);
    }
    return slot;
  }

  void setNumber(int slot, TagType numberType, long bits) {
    type[slot] = numberType;
    number[slot] = bits;
  }

  void setBytes(int slot, TagType bytesType, Slice value) {
    setBytes(slot, bytesType, value.source, value.offset, value.length);
  }

  private void setBytes(int slot, TagType bytesType, byte[] bytes, int from, int count) {
    type[slot] = bytesType;
    source[slot] = bytes;
    offset[slot] = from;
    length[slot] = count;
  }

  /// The slot of `key`, or [#NONE].
  int find(byte[] key) {
    return find(key, 0, key.length);
  }

  TagType type(int slot) {
    return type[slot];
  }

  long number(int slot) {
    return number[slot];
  }

  /// Points `target` to the value of a slot: nothing when it is no text.
  void text(int slot, Slice target) {
    if (slot == NONE || type[slot] != TagType.STRING) {
      target.clear();
    } else {
      target.set(source[slot], offset[slot], length[slot]);
    }
  }

  void remove(int slot) {
    removed[slot] = true;
    forget(slot);
  }

  void rename(int slot, byte[] key) {
    forget(slot);
    setKey(slot, key, 0, key.length);
  }

  void replace(int slot, byte[] text) {
    setBytes(slot, TagType.STRING, text, 0, text.length);
  }

  /// Writes every tag that is left as a `KeyValue` in `field`.
  void write(OtlpWriter out, int field) {
    for (int slot = 0; slot < size; slot++) {
      if (!removed[slot]) {
        int attribute = out.begin(field);
        out.bytes(OtlpFields.KEY, keySource[slot], keyOffset[slot], keyLength[slot]);
        int value = out.begin(OtlpFields.VALUE);
        writeValue(out, slot);
        out.end(value);
        out.end(attribute);
      }
    }
  }

  private void writeValue(OtlpWriter out, int slot) {
    switch (type[slot]) {
      case STRING -> out.bytes(OtlpFields.STRING, source[slot], offset[slot], length[slot]);
      case BOOL -> out.varint(OtlpFields.BOOL, number[slot]);
      case INT64 -> out.varint(OtlpFields.INT, number[slot]);
      case FLOAT64 -> out.fixed64(OtlpFields.DOUBLE, number[slot]);
      case BINARY -> out.bytes(OtlpFields.BYTES, source[slot], offset[slot], length[slot]);
    }
  }

  private int find(byte[] key, int from, int count) {
    if (index != null) {
      return index.getOrDefault(ByteBuffer.wrap(key, from, count), NONE);
    }
    for (int slot = 0; slot < size; slot++) {
      if (keyLength[slot] == count && !removed[slot] && hasKey(slot, key, from, count)) {
        return slot;
      }
    }
    return NONE;
  }

  private boolean hasKey(int slot, byte[] key, int from, int count) {
    int start = keyOffset[slot];
    return Arrays.equals(keySource[slot], start, start + count, key, from, from + count);
  }

  private int add() {
    if (size == keyOffset.length) {
      grow(2 * size);
    }
    removed[size] = false;
    if (size == INDEXED_FROM) {
      buildIndex();
    }
    return size++;
  }

  private void buildIndex() {
    index = new HashMap<>(4 * INDEXED_FROM);
    for (int slot = 0; slot < size; slot++) {
      if (!removed[slot]) {
        index.put(ByteBuffer.wrap(keySource[slot], keyOffset[slot], keyLength[slot]), slot);
      }
    }
  }

  private void setKey(int slot, byte[] key, int from, int count) {
    keySource[slot] = key;
    keyOffset[slot] = from;
    keyLength[slot] = count;
    if (index != null) {
      index.put(ByteBuffer.wrap(key, from, count), slot);
    }
  }

  private void forget(int slot) {
    if (index != null) {
      index.remove(ByteBuffer.wrap(keySource[slot], keyOffset[slot], keyLength[slot]));
    }
  }

  private void grow(int capacity) {
    keySource = Arrays.copyOf(keySource, capacity);
    keyOffset = Arrays.copyOf(keyOffset, capacity);
    keyLength = Arrays.copyOf(keyLength, capacity);
    type = Arrays.copyOf(type, capacity);
    source = Arrays.copyOf(source, capacity);
    offset = Arrays.copyOf(offset, capacity);
    length = Arrays.copyOf(length, capacity);
    number = Arrays.copyOf(number, capacity);
    removed = Arrays.copyOf(removed, capacity);
  }
}
