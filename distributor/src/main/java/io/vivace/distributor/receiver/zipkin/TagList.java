package io.vivace.distributor.receiver.zipkin;

import io.vivace.wire.otlp.OtlpWriter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// The tags of one span in the order they came, a later value of a key in the place of the first.
/// Keys and texts lie in the span's [TextArena]; the list is used again for the next span.
final class TagList {
  /// Kinds of values: `STRING` is a text of the arena, the others are the value itself.
  static final byte STRING = 0;

  static final byte INT = 1;
  static final byte DOUBLE = 2;
  static final byte BOOL = 3;

  /// Up to this size keys are compared one by one, which is faster than hashing them.
  private static final int FEW = 32;

  private static final int KEY = 1;
  private static final int VALUE = 2;

  private final TextArena arena;
  private long[] keys = new long[FEW];
  private byte[] types = new byte[FEW];
  private long[] values = new long[FEW];
  private int size;
  private final Map<String, Integer> indexByKey = new HashMap<>();

  TagList(TextArena arena) {
    this.arena = arena;
  }

  void clear() {
    size = 0;
    indexByKey.clear();
  }

  int size() {
    return size;
  }

  long key(int index) {
    return keys[index];
  }

  byte type(int index) {
    return types[index];
  }

  long value(int index) {
    return values[index];
  }

  void putString(long key, long text) {
    put(key, STRING, text);
  }

  void put(long key, byte type, long value) {
    int index = find(key);
    if (index < 0) {
      index = add(key);
    }
    types[index] = type;
    values[index] = value;
  }

  /// The index of `key`, -1 when there is no such tag.
  int find(long key) {
    if (size > FEW) {
      return indexByKey.getOrDefault(arena.string(key), -1);
    }
    for (int i = 0; i < size; i++) {
      if (TextArena.length(keys[i]) == TextArena.length(key) && arena.equal(keys[i], key)) {
        return i;
      }
    }
    return -1;
  }

  private int add(long key) {
    if (size == keys.length) {
      keys = Arrays.copyOf(keys, 2 * size);
      types = Arrays.copyOf(types, 2 * size);
      values = Arrays.copyOf(values, 2 * size);
    }
    keys[size] = key;
    if (size == FEW) {
      for (int i = 0; i < FEW; i++) {
        indexByKey.put(arena.string(keys[i]), i);
      }
    }
    if (size >= FEW) {
      indexByKey.put(arena.string(key), size);
    }
    return size++;
  }

  /// Writes a tag as an attribute.
  void write(OtlpWriter out, int field, int index) {
    write(out, field, keys[index], types[index], values[index]);
  }

  void write(OtlpWriter out, int field, long key, byte type, long value) {
    byte[] bytes = arena.bytes();
    int attribute = out.begin(field);
    out.bytes(KEY, bytes, TextArena.start(key), TextArena.length(key));
    int any = out.begin(VALUE);
    switch (type) {
      case INT -> out.varint(3, value);
      case DOUBLE -> out.fixed64(4, value);
      case BOOL -> out.varint(2, value);
      default -> out.bytes(1, bytes, TextArena.start(value), TextArena.length(value));
    }
    out.end(any);
    out.end(attribute);
  }

  /// Writes an attribute whose value is a text of the arena.
  void writeText(OtlpWriter out, int field, String key, long text) {
    int attribute = out.begin(field);
    out.string(KEY, key);
    int any = out.begin(VALUE);
    out.bytes(1, arena.bytes(), TextArena.start(text), TextArena.length(text));
    out.end(any);
    out.end(attribute);
  }
}
