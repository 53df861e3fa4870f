package io.vivace.distributor.receiver.zipkin;

import java.util.Arrays;

/// The annotations of one span: times in microseconds, and texts of its arena.
final class EventList {
  private long[] micros = new long[8];
  private long[] texts = new long[8];
  private int size;

  void clear() {
    size = 0;
  }

  void add(long time, long text) {
    if (size == micros.length) {
      micros = Arrays.copyOf(micros, 2 * size);
      texts = Arrays.copyOf(texts, 2 * size);
    }
    micros[size] = time;
    texts[size++] = text;
  }

  int size() {
    return size;
  }

  long micros(int index) {
    return micros[index];
  }

  long text(int index) {
    return texts[index];
  }
}
