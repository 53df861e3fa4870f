package io.vivace.search;

import io.vivace.block.BinaryVector;
import io.vivace.block.BooleanVector;
import io.vivace.block.ColumnVector;
import io.vivace.block.DoubleVector;
import io.vivace.block.Levels;
import io.vivace.block.LongVector;
import io.vivace.traceql.Level;
import io.vivace.traceql.Value;
import io.vivace.traceql.ValueType;
import io.vivace.traceql.Vector;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The generic attributes of one level of a row group: lists of keys, and for each key lists of
/// texts, integers, doubles and booleans (blocks.md §8.3).
final class BlockAttributes {
  private static final List<String> VALUE_LISTS =
      List.of("Value", "ValueInt", "ValueDouble", "ValueBool");

  private final BlockColumns columns;
  private final BlockPaths paths;
  private final Level level;
  private final int depth;
  private final String keyPath;

  /// Entry of each key, once the keys are read.
  private int[] entryOf = new int[0];

  private boolean read;

  BlockAttributes(BlockColumns columns, BlockPaths paths, Level level) {
    this.columns = columns;
    this.paths = paths;
    this.level = level;
    this.depth = BlockStructure.depth(level);
    this.keyPath = paths.attribute(level, "Key");
  }

  /// Whether an entry can have the key.
  boolean mayHave(String key) throws IOException {
    return columns.has(keyPath) && columns.mayContain(keyPath, key);
  }

  /// The value of the key in every entry.
  ///
  /// @param occurrence which of equal keys of an entry, 0 for the first
  Vector column(String key, int rows, int occurrence) throws IOException {
    if (!mayHave(key)) {
      return Vector.empty(rows);
    }
    BinaryVector keys = keys(rows);
    int[] slots = slotsOf(key, keys, rows, occurrence);
    Target target = new Target(rows, slots);
    for (String list : VALUE_LISTS) {
      if (target.missing == 0) {
        break;
      }
      String path = paths.attribute(level, list);
      String listPath = path + ".list.element";
      path = columns.has(listPath) ? listPath : path;
      collect(columns.column(path), target, keys.ids().length, path);
    }
    return target.build();
  }

  /// The keys of these entries.
  void names(BitSet entries, int rows, Consumer<String> names) throws IOException {
    if (!columns.has(keyPath)) {
      return;
    }
    BinaryVector keys = keys(rows);
    BitSet ids = new BitSet();
    for (int i = 0; i < entryOf.length; i++) {
      if (entries.get(entryOf[i])) {
        ids.set(keys.ids()[i]);
      }
    }
    ids.stream().forEach(id -> names.accept(keys.dictionary().text(id)));
  }

  private BinaryVector keys(int rows) throws IOException {
    BinaryVector keys = columns.binary(keyPath);
    if (!read) {
      Levels levels = keys.levels();
      byte[] repetition = levels.repetition();
      byte[] definition = levels.definition();
      int[] entries = new int[keys.ids().length];
      int entry = -1;
      int count = 0;
      for (int i = 0; i < definition.length; i++) {
        if (repetition[i] <= depth && definition[i] >= depth) {
          entry++;
        }
        if (definition[i] == levels.maxDefinition()) {
          entries[count++] = entry;
        }
      }
      columns.check(keyPath, entry + 1, rows);
      entryOf = entries;
      read = true;
    }
    return keys;
  }

  /// For each key the entry that takes its value, or -1: of equal keys of an entry one counts.
  private int[] slotsOf(String key, BinaryVector keys, int rows, int occurrence) {
    byte[] wanted = key.getBytes(StandardCharsets.UTF_8);
    boolean[] matches = new boolean[keys.dictionary().size()];
    for (int id = 0; id < matches.length; id++) {
      matches[id] = keys.dictionary().matches(id, wanted);
    }
    int[] slots = new int[keys.ids().length];
    Arrays.fill(slots, -1);
    int[] seen = new int[rows];
    for (int i = 0; i < slots.length; i++) {
      if (matches[keys.ids()[i]] && seen[entryOf[i]]++ == occurrence) {
        slots[i] = entryOf[i];
      }
    }
    return slots;
  }

  /// Takes the values of the wanted keys out of one list column.
  private void collect(ColumnVector column, Target target, int keyCount, String path)
      throws IOException {
    Levels levels = column.levels();
    byte[] repetition = levels.repetition();
    byte[] definition = levels.definition();
    int max = levels.maxDefinition();
    int key = -1;
    int value = -1;
    for (int i = 0; i < definition.length; i++) {
      if (repetition[i] <= depth + 1 && definition[i] > depth) {
        key++;
      }
      if (definition[i] == max) {
        value++;
        int slot = target.slots[key];
        if (slot >= 0) {
          target.add(slot, value, column);
        }
      }
    }
    columns.check(path, key + 1, keyCount);
    target.end(column);
  }

  /// A vector in the making: the values of one key are next to each other.
  private static final class Target {
    private final int[] slots;
    private final byte[] types;
    private final long[] bits;
    private final List<Value> arrays = new ArrayList<>();
    private BlockColumns.@Nullable TextIds texts;
    private int missing;
    private int slot = -1;
    private int first;
    private int count;

    private Target(int rows, int[] slots) {
      this.slots = slots;
      this.types = new byte[rows];
      this.bits = new long[rows];
      for (int each : slots) {
        missing += each >= 0 ? 1 : 0;
      }
    }

    private void add(int newSlot, int value, ColumnVector column) {
      if (newSlot != slot) {
        end(column);
        slot = newSlot;
        first = value;
      }
      count++;
    }

    private void end(ColumnVector column) {
      if (slot >= 0 && types[slot] == 0) {
        if (count == 1) {
          bits[slot] = bitsOf(column, first);
          types[slot] = (byte) typeOf(column).ordinal();
        } else {
          types[slot] = (byte) ValueType.ARRAY.ordinal();
          bits[slot] = arrays.size();
          List<Value> elements = new ArrayList<>(count);
          for (int i = first; i < first + count; i++) {
            elements.add(valueOf(column, i));
          }
          arrays.add(Value.ofArray(elements));
        }
        missing--;
      }
      slot = -1;
      count = 0;
    }

    private static ValueType typeOf(ColumnVector column) {
      return switch (column) {
        case BinaryVector texts -> ValueType.STRING;
        case LongVector numbers -> ValueType.INT;
        case DoubleVector numbers -> ValueType.FLOAT;
        case BooleanVector booleans -> ValueType.BOOLEAN;
      };
    }

    private long bitsOf(ColumnVector column, int value) {
      return switch (column) {
        case BinaryVector binary -> {
          if (texts == null) {
            texts = new BlockColumns.TextIds(binary);
          }
          yield texts.idOf(value);
        }
        case LongVector numbers -> numbers.values()[value];
        case DoubleVector numbers -> Double.doubleToRawLongBits(numbers.values()[value]);
        case BooleanVector booleans -> booleans.values()[value] ? 1 : 0;
      };
    }

    private static Value valueOf(ColumnVector column, int value) {
      return switch (column) {
        case BinaryVector texts -> Value.ofString(texts.dictionary().text(texts.ids()[value]));
        case LongVector numbers -> Value.ofInt(numbers.values()[value]);
        case DoubleVector numbers -> Value.ofFloat(numbers.values()[value]);
        case BooleanVector booleans -> Value.ofBoolean(booleans.values()[value]);
      };
    }

    private Vector build() {
      String[] used = texts == null ? new String[0] : texts.texts();
      return new Vector(types, bits, used, arrays.toArray(Value[]::new));
    }
  }
}
