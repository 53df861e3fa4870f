package io.vivace.distributor.receiver.jaeger;

import io.vivace.wire.otlp.MalformedOtlpException;
import io.vivace.wire.otlp.WireCursor;

/// Tags (field number and wire type) of Jaeger's protobuf messages (jaeger-idl,
/// `proto/api_v2/model.proto` and `collector.proto`).
final class JaegerFields {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int LENGTH_DELIMITED = 2;

  static final int REQUEST_BATCH = 1 << 3 | LENGTH_DELIMITED;
  static final int REQUEST_LAST = 1;

  static final int BATCH_SPANS = 1 << 3 | LENGTH_DELIMITED;
  static final int BATCH_PROCESS = 2 << 3 | LENGTH_DELIMITED;
  static final int BATCH_LAST = 2;

  static final int SPAN_TRACE_ID = 1 << 3 | LENGTH_DELIMITED;
  static final int SPAN_ID = 2 << 3 | LENGTH_DELIMITED;
  static final int SPAN_OPERATION = 3 << 3 | LENGTH_DELIMITED;
  static final int SPAN_REFERENCES = 4 << 3 | LENGTH_DELIMITED;
  static final int SPAN_FLAGS = 5 << 3 | VARINT;
  static final int SPAN_START = 6 << 3 | LENGTH_DELIMITED;
  static final int SPAN_DURATION = 7 << 3 | LENGTH_DELIMITED;
  static final int SPAN_TAGS = 8 << 3 | LENGTH_DELIMITED;
  static final int SPAN_LOGS = 9 << 3 | LENGTH_DELIMITED;
  static final int SPAN_PROCESS = 10 << 3 | LENGTH_DELIMITED;
  static final int SPAN_PROCESS_ID = 11 << 3 | LENGTH_DELIMITED;
  static final int SPAN_WARNINGS = 12 << 3 | LENGTH_DELIMITED;
  static final int SPAN_LAST = 12;

  static final int REFERENCE_TRACE_ID = 1 << 3 | LENGTH_DELIMITED;
  static final int REFERENCE_SPAN_ID = 2 << 3 | LENGTH_DELIMITED;
  static final int REFERENCE_TYPE = 3 << 3 | VARINT;
  static final int REFERENCE_LAST = 3;

  static final int LOG_TIMESTAMP = 1 << 3 | LENGTH_DELIMITED;
  static final int LOG_FIELDS = 2 << 3 | LENGTH_DELIMITED;
  static final int LOG_LAST = 2;

  static final int PROCESS_SERVICE_NAME = 1 << 3 | LENGTH_DELIMITED;
  static final int PROCESS_TAGS = 2 << 3 | LENGTH_DELIMITED;
  static final int PROCESS_LAST = 2;

  static final int TAG_KEY = 1 << 3 | LENGTH_DELIMITED;
  static final int TAG_TYPE = 2 << 3 | VARINT;
  static final int TAG_STRING = 3 << 3 | LENGTH_DELIMITED;
  static final int TAG_BOOL = 4 << 3 | VARINT;
  static final int TAG_INT64 = 5 << 3 | VARINT;
  static final int TAG_FLOAT64 = 6 << 3 | FIXED64;
  static final int TAG_BINARY = 7 << 3 | LENGTH_DELIMITED;
  static final int TAG_LAST = 7;

  static final int TIME_SECONDS = 1 << 3 | VARINT;
  static final int TIME_NANOS = 2 << 3 | VARINT;
  static final int TIME_LAST = 2;

  private JaegerFields() {}

  /// Steps over a field that is not known.
  ///
  /// @param last number of the last field of the message: up to it fields are known, and one that
  ///   comes here has the wrong wire type
  /// @throws MalformedOtlpException when the field is known
  static void skip(WireCursor cursor, int tag, int end, int last) throws MalformedOtlpException {
    if (tag >>> 3 <= last) {
      throw new MalformedOtlpException(
          "wire type of field %d: %d (expected: as in api_v2) at byte %d"
              .formatted(tag >>> 3, tag & 7, cursor.position()));
    }
    cursor.skipField(tag, end);
  }
}
