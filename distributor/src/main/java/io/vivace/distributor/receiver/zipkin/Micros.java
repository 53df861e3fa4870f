package io.vivace.distributor.receiver.zipkin;

/// The times of Zipkin: whole microseconds since 1970.
final class Micros {
  private static final long MAX = Long.MAX_VALUE / 1000;

  private Micros() {}

  /// Nanoseconds; 0 for what is not after 1970, the largest time for what is too late.
  static long toNanos(long micros) {
    return micros <= 0 ? 0 : micros > MAX ? Long.MAX_VALUE : micros * 1000;
  }

  /// The end of a span that starts at `startNanos` and takes `micros`.
  static long end(long startNanos, long micros) {
    long end = startNanos + toNanos(micros);
    return end < 0 ? Long.MAX_VALUE : end;
  }
}
