package io.vivace.distributor.receiver.jaeger;

import static io.vivace.distributor.receiver.jaeger.ThriftStructs.bit;

import io.vivace.wire.otlp.MalformedOtlpException;
import org.apache.thrift.TException;
import org.apache.thrift.protocol.TType;

/// Reads the struct `Span`.
final class JaegerThriftSpan {
  private static final int TRACE_ID_LOW = 1 << Byte.SIZE | TType.I64;
  private static final int TRACE_ID_HIGH = 2 << Byte.SIZE | TType.I64;
  private static final int SPAN_ID = 3 << Byte.SIZE | TType.I64;
  private static final int PARENT_SPAN_ID = 4 << Byte.SIZE | TType.I64;
  private static final int OPERATION_NAME = 5 << Byte.SIZE | TType.STRING;
  private static final int REFERENCES = 6 << Byte.SIZE | TType.LIST;
  private static final int FLAGS = 7 << Byte.SIZE | TType.I32;
  private static final int START_TIME = 8 << Byte.SIZE | TType.I64;
  private static final int DURATION = 9 << Byte.SIZE | TType.I64;
  private static final int TAGS = 10 << Byte.SIZE | TType.LIST;
  private static final int LOGS = 11 << Byte.SIZE | TType.LIST;
  private static final int REQUIRED =
      bit(TRACE_ID_LOW)
          | bit(TRACE_ID_HIGH)
          | bit(SPAN_ID)
          | bit(PARENT_SPAN_ID)
          | bit(OPERATION_NAME)
          | bit(FLAGS)
          | bit(START_TIME)
          | bit(DURATION);

  private static final int REFERENCE_TYPE = 1 << Byte.SIZE | TType.I32;
  private static final int REFERENCE_TRACE_ID_LOW = 2 << Byte.SIZE | TType.I64;
  private static final int REFERENCE_TRACE_ID_HIGH = 3 << Byte.SIZE | TType.I64;
  private static final int REFERENCE_SPAN_ID = 4 << Byte.SIZE | TType.I64;
  private static final int REFERENCE_REQUIRED =
      bit(REFERENCE_TYPE)
          | bit(REFERENCE_TRACE_ID_LOW)
          | bit(REFERENCE_TRACE_ID_HIGH)
          | bit(REFERENCE_SPAN_ID);

  private static final int LOG_TIMESTAMP = 1 << Byte.SIZE | TType.I64;
  private static final int LOG_FIELDS = 2 << Byte.SIZE | TType.LIST;
  private static final int LOG_REQUIRED = bit(LOG_TIMESTAMP) | bit(LOG_FIELDS);

  private static final long NANOS_PER_MICRO = 1000;

  private final ThriftStructs in;
  private final JaegerThriftTags tagReader;
  private final JaegerSpan span = new JaegerSpan();
  private final TagTable fields = new TagTable();

  JaegerThriftSpan(ThriftStructs in, JaegerThriftTags tagReader) {
    this.in = in;
    this.tagReader = tagReader;
  }

  /// Reads a span; it is the same object every time.
  JaegerSpan read() throws TException, MalformedOtlpException {
    span.clear();
    long startMicros = 0;
    long durationMicros = 0;
    int seen = 0;
    in.begin();
    for (int field = in.nextField(); field != ThriftStructs.STOP; field = in.nextField()) {
      switch (field) {
        case TRACE_ID_LOW -> span.traceIdLow = in.readI64();
        case TRACE_ID_HIGH -> span.traceIdHigh = in.readI64();
        case SPAN_ID -> span.spanId = in.readI64();
        case PARENT_SPAN_ID -> span.parentId = in.readI64();
        case OPERATION_NAME -> in.text(span.name);
        case REFERENCES -> references();
        case FLAGS -> span.hasOther |= in.readI32() != 0;
        case START_TIME -> startMicros = in.readI64();
        case DURATION -> durationMicros = in.readI64();
        case TAGS -> tagReader.read(span.tags);
        case LOGS -> logs();
        default -> {
          in.skip(field);
          continue;
        }
      }
      seen |= bit(field);
    }
    ThriftStructs.require("Span", seen, REQUIRED);
    span.startNanos = startMicros * NANOS_PER_MICRO;
    span.endNanos = (startMicros + durationMicros) * NANOS_PER_MICRO;
    return span;
  }

  private void references() throws TException, MalformedOtlpException {
    span.references.clear();
    int count = in.list(TType.STRUCT);
    for (int i = 0; i < count; i++) {
      reference();
    }
  }

  private void reference() throws TException, MalformedOtlpException {
    int type = 0;
    long traceIdLow = 0;
    long traceIdHigh = 0;
    long spanId = 0;
    int seen = 0;
    in.begin();
    for (int field = in.nextField(); field != ThriftStructs.STOP; field = in.nextField()) {
      switch (field) {
        case REFERENCE_TYPE -> type = in.readI32();
        case REFERENCE_TRACE_ID_LOW -> traceIdLow = in.readI64();
        case REFERENCE_TRACE_ID_HIGH -> traceIdHigh = in.readI64();
        case REFERENCE_SPAN_ID -> spanId = in.readI64();
        default -> {
          in.skip(field);
          continue;
        }
      }
      seen |= bit(field);
    }
    ThriftStructs.require("SpanRef", seen, REFERENCE_REQUIRED);
    span.references.add(type, traceIdHigh, traceIdLow, spanId);
  }

  private void logs() throws TException, MalformedOtlpException {
    span.body.reset();
    int count = in.list(TType.STRUCT);
    for (int i = 0; i < count; i++) {
      log();
    }
  }

  private void log() throws TException, MalformedOtlpException {
    fields.clear();
    long micros = 0;
    int seen = 0;
    in.begin();
    for (int field = in.nextField(); field != ThriftStructs.STOP; field = in.nextField()) {
      switch (field) {
        case LOG_TIMESTAMP -> micros = in.readI64();
        case LOG_FIELDS -> tagReader.read(fields);
        default -> {
          in.skip(field);
          continue;
        }
      }
      seen |= bit(field);
    }
    ThriftStructs.require("Log", seen, LOG_REQUIRED);
    span.addLog(micros * NANOS_PER_MICRO, fields);
  }
}
