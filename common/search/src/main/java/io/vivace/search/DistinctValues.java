package io.vivace.search;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.ToIntFunction;

/// Distinct values up to a number and up to a sum of text lengths; what comes after a bound was met
/// is dropped.
final class DistinctValues<T> {
  private final Set<T> values = new LinkedHashSet<>();
  private final ToIntFunction<T> size;
  private final int maxValues;
  private final long maxBytes;
  private long bytes;
  private boolean full;

  /// @param size length of a value's text
  /// @param maxValues most values (0 = no bound)
  /// @param maxBytes most bytes of text (0 = no bound)
  DistinctValues(ToIntFunction<T> size, int maxValues, long maxBytes) {
    this.size = size;
    this.maxValues = maxValues;
    this.maxBytes = maxBytes;
  }

  /// Whether a bound was met.
  boolean isFull() {
    return full;
  }

  void add(T value) {
    if (full || values.contains(value)) {
      return;
    }
    int length = size.applyAsInt(value);
    if (maxBytes > 0 && bytes + length > maxBytes) {
      full = true;
      return;
    }
    bytes += length;
    values.add(value);
    full = maxValues > 0 && values.size() >= maxValues;
  }

  Collection<T> values() {
    return values;
  }
}
