package io.vivace.distributor.usage;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The series of one tenant under one choice of dimensions: a hash table that is looked into with
/// places in a request instead of objects.
final class SeriesTable {
  private static final String MISSING = "__missing__";
  private static final String OVERFLOW = "__overflow__";

  private final Dimensions dimensions;
  private @Nullable Series[] slots = new Series[16];
  private @Nullable Series overflow;
  private int size;

  SeriesTable(Dimensions dimensions) {
    this.dimensions = dimensions;
  }

  Dimensions dimensions() {
    return dimensions;
  }

  /// Number of series without the one for the overflow.
  int size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0 && overflow == null;
  }

  /// The series of `values`; the one for the overflow when there is none and `max` are there.
  Series find(LabelValues values, byte[] bytes, int max) {
    int hash = values.hash(bytes);
    for (int slot = spread(hash, slots.length); ; slot = slot + 1 & slots.length - 1) {
      Series series = slots[slot];
      if (series == null) {
        return size >= max ? overflow() : add(new Series(values.copy(bytes), hash));
      }
      if (series.hash == hash && values.equalTo(series.values, bytes)) {
        return series;
      }
    }
  }

  private Series overflow() {
    if (overflow == null) {
      overflow = new Series(new byte[0][], 0);
    }
    return overflow;
  }

  private Series add(Series series) {
    size++;
    if (size * 2 > slots.length) {
      List<Series> all = list();
      slots = new Series[slots.length * 2];
      all.forEach(this::place);
    }
    place(series);
    return series;
  }

  private void place(Series series) {
    int slot = spread(series.hash, slots.length);
    while (slots[slot] != null) {
      slot = slot + 1 & slots.length - 1;
    }
    slots[slot] = series;
  }

  private static int spread(int hash, int length) {
    return (hash * 0x9e3779b9 >>> 8) & length - 1;
  }

  /// Forgets the series that were not touched at or after `oldestSeconds`.
  void purge(long oldestSeconds) {
    List<Series> kept = list();
    kept.removeIf(series -> series.touchedSeconds < oldestSeconds);
    if (kept.size() < size) {
      size = kept.size();
      slots = new Series[Math.max(16, Integer.highestOneBit(size) * 4)];
      kept.forEach(this::place);
    }
    if (overflow != null && overflow.touchedSeconds < oldestSeconds) {
      overflow = null;
    }
  }

  private List<Series> list() {
    List<Series> all = new ArrayList<>(size);
    for (Series series : slots) {
      if (series != null) {
        all.add(series);
      }
    }
    return all;
  }

  /// Gives every series to `to`.
  void forEach(SeriesVisitor to) {
    List<String> labels = dimensions.labels();
    for (Series series : list()) {
      List<String> values = new ArrayList<>(labels.size());
      for (byte[] value : series.values) {
        values.add(value.length == 0 ? MISSING : new String(value, StandardCharsets.UTF_8));
      }
      to.visit(labels, values, series.bytes);
    }
    if (overflow != null) {
      to.visit(labels, labels.stream().map(label -> OVERFLOW).toList(), overflow.bytes);
    }
  }

  /// Sees one series.
  @FunctionalInterface
  interface SeriesVisitor {
    void visit(List<String> labels, List<String> values, long bytes);
  }
}
