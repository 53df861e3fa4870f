package io.vivace.distributor.receiver.jaeger;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A batch of Jaeger as plain values: what encoders write and what [SlowTranslation] reads.
final class Sample {
  static final long TRACE_HIGH = 0x0102030405060708L;
  static final long TRACE_LOW = 0x090a0b0c0d0e0f10L;
  static final long SPAN_ID = 0x1112131415161718L;
  static final long START_MICROS = 1_700_000_000_000_000L;

  private Sample() {}

  record Batch(@Nullable Sender process, List<Span> spans) {}

  record Sender(String serviceName, List<Tag> tags) {}

  /// A span. A parent id exists in Thrift only, an own process in protobuf only.
  record Span(
      long traceIdHigh,
      long traceIdLow,
      long spanId,
      long parentSpanId,
      String name,
      List<Reference> references,
      long startMicros,
      long durationMicros,
      List<Tag> tags,
      List<Log> logs,
      @Nullable Sender process) {

    Span with(Tag... newTags) {
      return new Span(
          traceIdHigh,
          traceIdLow,
          spanId,
          parentSpanId,
          name,
          references,
          startMicros,
          durationMicros,
          List.of(newTags),
          logs,
          process);
    }

    Span with(Log... newLogs) {
      return new Span(
          traceIdHigh,
          traceIdLow,
          spanId,
          parentSpanId,
          name,
          references,
          startMicros,
          durationMicros,
          tags,
          List.of(newLogs),
          process);
    }

    Span with(Reference... newReferences) {
      return withParent(parentSpanId, newReferences);
    }

    Span withParent(long parent, Reference... newReferences) {
      return new Span(
          traceIdHigh,
          traceIdLow,
          spanId,
          parent,
          name,
          List.of(newReferences),
          startMicros,
          durationMicros,
          tags,
          logs,
          process);
    }

    Span of(Sender newProcess) {
      return new Span(
          traceIdHigh,
          traceIdLow,
          spanId,
          parentSpanId,
          name,
          references,
          startMicros,
          durationMicros,
          tags,
          logs,
          newProcess);
    }

    Span withId(long high, long low, long span) {
      return new Span(
          high,
          low,
          span,
          parentSpanId,
          name,
          references,
          startMicros,
          durationMicros,
          tags,
          logs,
          process);
    }
  }

  record Reference(boolean childOf, long traceIdHigh, long traceIdLow, long spanId) {
    static Reference childOf(long spanId) {
      return new Reference(true, TRACE_HIGH, TRACE_LOW, spanId);
    }

    static Reference followsFrom(long spanId) {
      return new Reference(false, TRACE_HIGH, TRACE_LOW, spanId);
    }
  }

  record Log(long micros, List<Tag> fields) {
    static Log of(long micros, Tag... fields) {
      return new Log(micros, List.of(fields));
    }
  }

  /// A tag whose value is a text, a truth value, a long, a double, bytes or of an [Unknown] type.
  record Tag(String key, Object value) {}

  /// A value of a type that nobody knows.
  enum Unknown {
    TYPE
  }

  static Span span() {
    return new Span(
        TRACE_HIGH,
        TRACE_LOW,
        SPAN_ID,
        0,
        "op",
        List.of(),
        START_MICROS,
        250,
        List.of(),
        List.of(),
        null);
  }

  static Tag tag(String key, Object value) {
    return new Tag(key, value);
  }

  static Sender process(String serviceName, Tag... tags) {
    return new Sender(serviceName, List.of(tags));
  }

  static Batch batch(Sender process, Span... spans) {
    return new Batch(process, List.of(spans));
  }

  static Batch batch(Span... spans) {
    return batch(process("svc"), spans);
  }
}
