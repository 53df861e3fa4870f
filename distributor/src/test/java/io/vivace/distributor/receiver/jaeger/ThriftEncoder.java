package io.vivace.distributor.receiver.jaeger;

import io.jaegertracing.thriftjava.Batch;
import io.jaegertracing.thriftjava.Log;
import io.jaegertracing.thriftjava.Process;
import io.jaegertracing.thriftjava.Span;
import io.jaegertracing.thriftjava.SpanRef;
import io.jaegertracing.thriftjava.SpanRefType;
import io.jaegertracing.thriftjava.Tag;
import io.jaegertracing.thriftjava.TagType;
import java.util.Arrays;
import java.util.List;
import org.apache.thrift.TBase;
import org.apache.thrift.TException;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.apache.thrift.protocol.TCompactProtocol;
import org.apache.thrift.protocol.TMessage;
import org.apache.thrift.protocol.TProtocol;
import org.apache.thrift.transport.TMemoryBuffer;

/// Writes samples with the classes that Jaeger generated from its schema.
final class ThriftEncoder {
  private ThriftEncoder() {}

  static byte[] binary(TBase<?, ?> struct) throws TException {
    TMemoryBuffer buffer = new TMemoryBuffer(512);
    struct.write(new TBinaryProtocol(buffer));
    return bytes(buffer);
  }

  static byte[] compact(TBase<?, ?> struct) throws TException {
    TMemoryBuffer buffer = new TMemoryBuffer(512);
    struct.write(new TCompactProtocol(buffer));
    return bytes(buffer);
  }

  static byte[] compactMessage(String name, byte type, TBase<?, ?> arguments) throws TException {
    TMemoryBuffer buffer = new TMemoryBuffer(512);
    return message(buffer, new TCompactProtocol(buffer), name, type, arguments);
  }

  static byte[] binaryMessage(String name, byte type, boolean strict, TBase<?, ?> arguments)
      throws TException {
    TMemoryBuffer buffer = new TMemoryBuffer(512);
    return message(buffer, new TBinaryProtocol(buffer, false, strict), name, type, arguments);
  }

  private static byte[] message(
      TMemoryBuffer buffer, TProtocol protocol, String name, byte type, TBase<?, ?> arguments)
      throws TException {
    protocol.writeMessageBegin(new TMessage(name, type, 1));
    arguments.write(protocol);
    protocol.writeMessageEnd();
    return bytes(buffer);
  }

  private static byte[] bytes(TMemoryBuffer buffer) {
    return Arrays.copyOf(buffer.getArray(), buffer.length());
  }

  static Batch batch(Sample.Batch sample) {
    Sample.Sender process = sample.process() == null ? Sample.process("") : sample.process();
    return new Batch(process(process), sample.spans().stream().map(ThriftEncoder::span).toList());
  }

  static Process process(Sample.Sender sample) {
    return new Process(sample.serviceName()).setTags(tags(sample.tags()));
  }

  static Span span(Sample.Span sample) {
    Span span =
        new Span(
            sample.traceIdLow(),
            sample.traceIdHigh(),
            sample.spanId(),
            sample.parentSpanId(),
            sample.name(),
            0,
            sample.startMicros(),
            sample.durationMicros());
    if (!sample.references().isEmpty()) {
      span.setReferences(sample.references().stream().map(ThriftEncoder::reference).toList());
    }
    if (!sample.tags().isEmpty()) {
      span.setTags(tags(sample.tags()));
    }
    if (!sample.logs().isEmpty()) {
      span.setLogs(
          sample.logs().stream().map(log -> new Log(log.micros(), tags(log.fields()))).toList());
    }
    return span;
  }

  private static SpanRef reference(Sample.Reference sample) {
    return new SpanRef(
        sample.childOf() ? SpanRefType.CHILD_OF : SpanRefType.FOLLOWS_FROM,
        sample.traceIdLow(),
        sample.traceIdHigh(),
        sample.spanId());
  }

  private static List<Tag> tags(List<Sample.Tag> samples) {
    return samples.stream().map(ThriftEncoder::tag).toList();
  }

  private static Tag tag(Sample.Tag sample) {
    return switch (sample.value()) {
      case String text -> new Tag(sample.key(), TagType.STRING).setVStr(text);
      case Boolean truth -> new Tag(sample.key(), TagType.BOOL).setVBool(truth);
      case Long number -> new Tag(sample.key(), TagType.LONG).setVLong(number);
      case Double number -> new Tag(sample.key(), TagType.DOUBLE).setVDouble(number);
      case byte[] bytes -> new Tag(sample.key(), TagType.BINARY).setVBinary(bytes);
      default -> throw new IllegalArgumentException("no type of Thrift: " + sample);
    };
  }
}
