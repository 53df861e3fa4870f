package io.vivace.distributor.receiver.jaeger;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import io.jaegertracing.api_v2.Model;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/// Writes samples with the classes that Jaeger generated from its protobuf schema.
final class ProtoEncoder {
  private ProtoEncoder() {}

  /// A `PostSpansRequest` with one batch.
  static byte[] request(Sample.Batch sample) throws IOException {
    return request(batch(sample));
  }

  static byte[] request(Model.Batch batch) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.writeByteArray(1, batch.toByteArray());
    out.flush();
    return bytes.toByteArray();
  }

  static Model.Batch batch(Sample.Batch sample) {
    Model.Batch.Builder batch = Model.Batch.newBuilder();
    sample.spans().forEach(span -> batch.addSpans(span(span)));
    if (sample.process() != null) {
      batch.setProcess(process(sample.process()));
    }
    return batch.build();
  }

  private static Model.Process process(Sample.Sender sample) {
    return Model.Process.newBuilder()
        .setServiceName(sample.serviceName())
        .addAllTags(tags(sample.tags()))
        .build();
  }

  static Model.Span span(Sample.Span sample) {
    Model.Span.Builder span =
        Model.Span.newBuilder()
            .setTraceId(traceId(sample.traceIdHigh(), sample.traceIdLow()))
            .setSpanId(id(sample.spanId()))
            .setOperationName(sample.name())
            .setStartTime(timestamp(sample.startMicros()))
            .setDuration(
                Duration.newBuilder()
                    .setSeconds(sample.durationMicros() / 1_000_000)
                    .setNanos((int) (sample.durationMicros() % 1_000_000) * 1000))
            .addAllTags(tags(sample.tags()));
    sample.references().forEach(reference -> span.addReferences(reference(reference)));
    sample
        .logs()
        .forEach(log ->
            span.addLogs(
                Model.Log.newBuilder()
                    .setTimestamp(timestamp(log.micros()))
                    .addAllFields(tags(log.fields()))));
    if (sample.process() != null) {
      span.setProcess(process(sample.process()));
    }
    return span.build();
  }

  private static Model.SpanRef reference(Sample.Reference sample) {
    return Model.SpanRef.newBuilder()
        .setTraceId(traceId(sample.traceIdHigh(), sample.traceIdLow()))
        .setSpanId(id(sample.spanId()))
        .setRefType(sample.childOf() ? Model.SpanRefType.CHILD_OF : Model.SpanRefType.FOLLOWS_FROM)
        .build();
  }

  private static List<Model.KeyValue> tags(List<Sample.Tag> samples) {
    return samples.stream().map(ProtoEncoder::tag).toList();
  }

  private static Model.KeyValue tag(Sample.Tag sample) {
    Model.KeyValue.Builder tag = Model.KeyValue.newBuilder().setKey(sample.key());
    return switch (sample.value()) {
      case String text -> tag.setVStr(text).build();
      case Boolean truth -> tag.setVType(Model.ValueType.BOOL).setVBool(truth).build();
      case Long number -> tag.setVType(Model.ValueType.INT64).setVInt64(number).build();
      case Double number -> tag.setVType(Model.ValueType.FLOAT64).setVFloat64(number).build();
      case byte[] bytes ->
          tag.setVType(Model.ValueType.BINARY).setVBinary(ByteString.copyFrom(bytes)).build();
      default -> tag.setVTypeValue(77).build();
    };
  }

  private static ByteString traceId(long high, long low) {
    return ByteString.copyFrom(ByteBuffer.allocate(16).putLong(high).putLong(low).flip());
  }

  static ByteString id(long id) {
    return ByteString.copyFrom(ByteBuffer.allocate(8).putLong(id).flip());
  }

  private static Timestamp timestamp(long micros) {
    return Timestamp.newBuilder()
        .setSeconds(Math.floorDiv(micros, 1_000_000))
        .setNanos((int) Math.floorMod(micros, 1_000_000L) * 1000)
        .build();
  }
}
