package io.vivace.distributor.receiver.jaeger;

import io.vivace.wire.otlp.MalformedOtlpException;
import io.vivace.wire.otlp.WireCursor;

/// Reads protobuf's `Timestamp` and `Duration`, with their ranges (google/protobuf/timestamp.proto
/// and duration.proto).
final class JaegerProtoTime {
  private static final long MIN_SECONDS = -62_135_596_800L;
  private static final long MAX_SECONDS = 253_402_300_799L;
  private static final int NANOS_PER_SECOND = 1_000_000_000;

  /// Longest duration in seconds that fits in 64 bits of nanoseconds.
  private static final long MAX_DURATION_SECONDS = Long.MAX_VALUE / NANOS_PER_SECOND;

  private final WireCursor cursor;
  private long seconds;
  private int nanos;

  JaegerProtoTime(WireCursor cursor) {
    this.cursor = cursor;
  }

  /// Nanoseconds since 1970 of the timestamp up to `end`.
  long timestamp(int end) throws MalformedOtlpException {
    read(end);
    if (seconds < MIN_SECONDS || seconds > MAX_SECONDS || nanos < 0 || nanos >= NANOS_PER_SECOND) {
      throw outOfRange("timestamp", "years 1 to 9999, nanos below 10^9");
    }
    return seconds * NANOS_PER_SECOND + nanos;
  }

  /// Nanoseconds of the duration up to `end`.
  long duration(int end) throws MalformedOtlpException {
    read(end);
    boolean mixed = seconds > 0 && nanos < 0 || seconds < 0 && nanos > 0;
    if (mixed
        || Math.abs(nanos) >= NANOS_PER_SECOND
        || seconds >= MAX_DURATION_SECONDS
        || seconds <= -MAX_DURATION_SECONDS) {
      throw outOfRange("duration", "at most 292 years, nanos below 10^9 and of one sign");
    }
    return seconds * NANOS_PER_SECOND + nanos;
  }

  private void read(int end) throws MalformedOtlpException {
    seconds = 0;
    nanos = 0;
    while (cursor.position() < end) {
      int field = cursor.readTag(end);
      switch (field) {
        case JaegerFields.TIME_SECONDS -> seconds = cursor.readVarint(end);
        case JaegerFields.TIME_NANOS -> nanos = (int) cursor.readVarint(end);
        default -> JaegerFields.skip(cursor, field, end, JaegerFields.TIME_LAST);
      }
    }
  }

  private MalformedOtlpException outOfRange(String what, String expected) {
    return new MalformedOtlpException(
        "%s: %d s %d ns (expected: %s) at byte %d"
            .formatted(what, seconds, nanos, expected, cursor.position()));
  }
}
