package io.vivace.distributor.receiver.opencensus;

import io.vivace.wire.otlp.MalformedOtlpException;
import io.vivace.wire.otlp.WireCursor;

/// Reads fields whose wire type is known, and names ranges of the message: the start in the upper
/// 32 bits, the length in the lower ones; what is not there is [#NONE].
final class Wire {
  static final long NONE = 0;
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int LENGTH_DELIMITED = 2;

  private Wire() {}

  /// The end of the message, text or bytes whose tag was read.
  static int message(WireCursor cursor, int tag, int end) throws MalformedOtlpException {
    check(tag, LENGTH_DELIMITED);
    return cursor.readEnd(end);
  }

  /// The range of the message, text or bytes whose tag was read; the cursor goes behind it.
  static long range(WireCursor cursor, int tag, int end) throws MalformedOtlpException {
    int to = message(cursor, tag, end);
    int from = cursor.position();
    cursor.position(to);
    return (long) from << 32 | to - from;
  }

  static long varint(WireCursor cursor, int tag, int end) throws MalformedOtlpException {
    check(tag, VARINT);
    return cursor.readVarint(end);
  }

  static long fixed64(WireCursor cursor, int tag, int end) throws MalformedOtlpException {
    check(tag, FIXED64);
    return cursor.readFixed64(end);
  }

  static int start(long range) {
    return (int) (range >>> 32);
  }

  static int length(long range) {
    return (int) range;
  }

  static int end(long range) {
    return start(range) + length(range);
  }

  private static void check(int tag, int type) throws MalformedOtlpException {
    if ((tag & 7) != type) {
      throw new MalformedOtlpException(
          "field " + (tag >>> 3) + ": wire type " + (tag & 7) + " (expected: " + type + ")");
    }
  }
}
