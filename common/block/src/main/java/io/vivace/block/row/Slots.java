package io.vivace.block.row;

import io.vivace.block.DedicatedColumn;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which attributes of a resource or of a span have a column of their own, by slot: first the fixed
/// ones, then the dedicated ones in the order of the meta.
final class Slots {
  static final int NONE = -1;

  /// Slot of `http.status_code`, the only one of integers.
  static final int HTTP_STATUS_CODE = 2;

  static final int SPAN_FIXED = 3;
  static final int RESOURCE_FIXED = 1 + FixedColumns.RESOURCE_KEYS.size();

  private final Map<String, Integer> slots = new HashMap<>();
  private int count;

  /// Bit n is set when a key of n characters has a slot: spares most look-ups.
  private long lengths;

  private Slots() {}

  /// Slot 0 is `service.name`, then the other fixed attributes.
  static Slots ofResource(List<DedicatedColumn> columns) {
    Slots slots = new Slots();
    slots.add(FixedColumns.SERVICE_NAME);
    FixedColumns.RESOURCE_KEYS.forEach(slots::add);
    slots.dedicated(columns, DedicatedColumn.RESOURCE);
    return slots;
  }

  /// Slots 0 to 2 are method, URL and status code of HTTP.
  static Slots ofSpan(List<DedicatedColumn> columns) {
    Slots slots = new Slots();
    slots.add(FixedColumns.HTTP_METHOD);
    slots.add(FixedColumns.HTTP_URL);
    slots.add(FixedColumns.HTTP_STATUS_CODE);
    slots.dedicated(columns, DedicatedColumn.SPAN);
    return slots;
  }

  private void add(String key) {
    slots.putIfAbsent(key, count++);
    lengths |= 1L << Math.min(63, key.length());
  }

  private void dedicated(List<DedicatedColumn> columns, String scope) {
    columns.stream()
        .filter(column -> column.scope().equals(scope))
        .forEach(column -> add(column.name()));
  }

  int count() {
    return count;
  }

  /// The slot of `key`, [#NONE] when it has none.
  int of(String key) {
    if ((lengths >>> Math.min(63, key.length()) & 1) == 0) {
      return NONE;
    }
    @Nullable Integer slot = slots.get(key);
    return slot == null ? NONE : slot;
  }
}
