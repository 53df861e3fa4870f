package io.vivace.bench;

import io.vivace.wire.otlp.OtlpWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.apache.thrift.TException;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.apache.thrift.protocol.TCompactProtocol;
import org.apache.thrift.protocol.TField;
import org.apache.thrift.protocol.TList;
import org.apache.thrift.protocol.TMessage;
import org.apache.thrift.protocol.TMessageType;
import org.apache.thrift.protocol.TProtocol;
import org.apache.thrift.protocol.TStruct;
import org.apache.thrift.protocol.TType;
import org.apache.thrift.transport.TMemoryBuffer;

/// The same batch of spans in Jaeger's wire formats: eight tags, a log of two fields and a parent
/// each.
final class JaegerBatches {
  private static final TStruct STRUCT = new TStruct();
  private static final long TRACE_HIGH = 0x0102030405060708L;
  private static final long TRACE_LOW = 0x090a0b0c0d0e0f10L;
  private static final long START_MICROS = 1_700_000_000_000_000L;
  private static final Map<String, String> TAGS =
      Map.of(
          "span.kind", "server",
          "http.method", "GET",
          "http.url", "https://shop.example/cart/items?customer=4711",
          "http.status_code", "200",
          "component", "net/http",
          "peer.service", "payment",
          "k8s.pod.name", "cart-7c9f8b6d5-x2x4z",
          "sampler.type", "probabilistic");
  private static final Map<String, String> FIELDS =
      Map.of("event", "retry", "message", "connection reset by peer");

  private static final int SPANS_PER_TRACE = 20;

  private final int spans;
  private final long request;

  /// Batches of one trace.
  JaegerBatches(int spans) {
    this(spans, -1);
  }

  /// Batches of traces of twenty spans each.
  ///
  /// @param request number of the request: no two have a trace in common; negative for one trace
  JaegerBatches(int spans, long request) {
    this.spans = spans;
    this.request = request;
  }

  /// The lower half of the id of the trace that a span belongs to.
  private long traceLow(int span) {
    return request < 0 ? TRACE_LOW : request * spans + (span - 1) / SPANS_PER_TRACE + 1;
  }

  /// A `PostSpansRequest`.
  byte[] protobuf() {
    OtlpWriter out = new OtlpWriter(1 << 16);
    int batch = out.begin(1);
    for (int i = 1; i <= spans; i++) {
      int span = out.begin(1);
      out.traceId(1, TRACE_HIGH, traceLow(i));
      out.spanId(2, i);
      out.string(3, "GET /cart");
      int reference = out.begin(4);
      out.traceId(1, TRACE_HIGH, traceLow(i));
      out.spanId(2, i / 2);
      out.end(reference);
      time(out, 6, START_MICROS + i);
      time(out, 7, 1000 + i);
      TAGS.forEach((key, value) -> tag(out, 8, key, value));
      int log = out.begin(9);
      time(out, 1, START_MICROS + i);
      FIELDS.forEach((key, value) -> tag(out, 2, key, value));
      out.end(log);
      out.end(span);
    }
    int process = out.begin(2);
    out.string(1, "cart");
    tag(out, 2, "hostname", "cart-7c9f8b6d5-x2x4z");
    out.end(process);
    out.end(batch);
    return out.toByteArray();
  }

  private static void time(OtlpWriter out, int field, long micros) {
    int time = out.begin(field);
    out.varint(1, micros / 1_000_000);
    out.varint(2, micros % 1_000_000 * 1000);
    out.end(time);
  }

  private static void tag(OtlpWriter out, int field, String key, String value) {
    int tag = out.begin(field);
    out.string(1, key);
    out.string(3, value);
    out.end(tag);
  }

  /// A bare `Batch` in the binary protocol.
  byte[] binary() throws TException {
    TMemoryBuffer buffer = new TMemoryBuffer(1 << 16);
    return write(buffer, new TBinaryProtocol(buffer));
  }

  /// A bare `Batch` in the compact protocol.
  byte[] compact() throws TException {
    TMemoryBuffer buffer = new TMemoryBuffer(1 << 16);
    return write(buffer, new TCompactProtocol(buffer));
  }

  /// A datagram for the compact port: `emitBatch` with the batch.
  byte[] compactMessage() throws TException {
    TMemoryBuffer buffer = new TMemoryBuffer(1 << 16);
    return message(buffer, new TCompactProtocol(buffer));
  }

  /// A datagram for the binary port: `emitBatch` with the batch.
  byte[] binaryMessage() throws TException {
    TMemoryBuffer buffer = new TMemoryBuffer(1 << 16);
    return message(buffer, new TBinaryProtocol(buffer));
  }

  private byte[] message(TMemoryBuffer buffer, TProtocol out) throws TException {
    out.writeMessageBegin(new TMessage("emitBatch", TMessageType.ONEWAY, 1));
    out.writeStructBegin(STRUCT);
    begin(out, 1, TType.STRUCT);
    batch(out);
    end(out);
    out.writeMessageEnd();
    return Arrays.copyOf(buffer.getArray(), buffer.length());
  }

  private byte[] write(TMemoryBuffer buffer, TProtocol out) throws TException {
    batch(out);
    return Arrays.copyOf(buffer.getArray(), buffer.length());
  }

  private void batch(TProtocol out) throws TException {
    out.writeStructBegin(STRUCT);
    begin(out, 1, TType.STRUCT);
    out.writeStructBegin(STRUCT);
    text(out, 1, "cart");
    tags(out, 2, Map.of("hostname", "cart-7c9f8b6d5-x2x4z"));
    end(out);
    begin(out, 2, TType.LIST);
    out.writeListBegin(new TList(TType.STRUCT, spans));
    for (int i = 1; i <= spans; i++) {
      span(out, i);
    }
    end(out);
  }

  private void span(TProtocol out, int number) throws TException {
    out.writeStructBegin(STRUCT);
    number(out, 1, traceLow(number));
    number(out, 2, TRACE_HIGH);
    number(out, 3, number);
    number(out, 4, number / 2);
    text(out, 5, "GET /cart");
    begin(out, 7, TType.I32);
    out.writeI32(1);
    number(out, 8, START_MICROS + number);
    number(out, 9, 1000 + number);
    tags(out, 10, TAGS);
    begin(out, 11, TType.LIST);
    out.writeListBegin(new TList(TType.STRUCT, 1));
    out.writeStructBegin(STRUCT);
    number(out, 1, START_MICROS + number);
    tags(out, 2, FIELDS);
    end(out);
    end(out);
  }

  private static void tags(TProtocol out, int field, Map<String, String> tags) throws TException {
    begin(out, field, TType.LIST);
    out.writeListBegin(new TList(TType.STRUCT, tags.size()));
    for (Map.Entry<String, String> tag : tags.entrySet()) {
      out.writeStructBegin(STRUCT);
      text(out, 1, tag.getKey());
      begin(out, 2, TType.I32);
      out.writeI32(0);
      text(out, 3, tag.getValue());
      end(out);
    }
  }

  private static void text(TProtocol out, int field, String value) throws TException {
    begin(out, field, TType.STRING);
    out.writeBinary(ByteBuffer.wrap(value.getBytes(StandardCharsets.UTF_8)));
  }

  private static void number(TProtocol out, int field, long value) throws TException {
    begin(out, field, TType.I64);
    out.writeI64(value);
  }

  private static void begin(TProtocol out, int field, byte type) throws TException {
    out.writeFieldBegin(new TField("", type, (short) field));
  }

  private static void end(TProtocol out) throws TException {
    out.writeFieldStop();
    out.writeStructEnd();
  }
}
