package io.vivace.block.row;

import java.util.Arrays;

/// Counts spans and errors of each service of a trace, services by their id in the column of
/// service names. Reused from trace to trace.
final class ServiceStats {
  private int size;
  private int[] ids = new int[8];
  private int[] spans = new int[8];
  private int[] errors = new int[8];

  void clear() {
    size = 0;
  }

  int size() {
    return size;
  }

  int id(int index) {
    return ids[index];
  }

  int spans(int index) {
    return spans[index];
  }

  int errors(int index) {
    return errors[index];
  }

  void add(int id, int spanCount, int errorCount) {
    int index = 0;
    while (index < size && ids[index] != id) {
      index++;
    }
    if (index == size) {
      if (size == ids.length) {
        ids = Arrays.copyOf(ids, 2 * size);
        spans = Arrays.copyOf(spans, 2 * size);
        errors = Arrays.copyOf(errors, 2 * size);
      }
      ids[index] = id;
      spans[index] = 0;
      errors[index] = 0;
      size++;
    }
    spans[index] += spanCount;
    errors[index] += errorCount;
  }
}
