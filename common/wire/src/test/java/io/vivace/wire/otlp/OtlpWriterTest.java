package io.vivace.wire.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OtlpWriterTest {
  private static final String TEXT = "aé€😀\u0000 z";

  @Test
  void writesWhatProtobufWrites() {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      ExportTraceServiceRequest expected = request(random);
      OtlpWriter writer = new OtlpWriter(1);
      write(writer, expected);
      assertThat(writer.toByteArray()).as("seed %d", seed).isEqualTo(expected.toByteArray());
    }
  }

  @Test
  void startsAnewAfterAReset() {
    OtlpWriter writer = new OtlpWriter(4);
    writer.string(1, "before");
    writer.reset();
    writer.varint(1, 3);
    assertThat(writer.toByteArray()).containsExactly(8, 3);
  }

  @Test
  void dropsWhatIsTruncated() {
    OtlpWriter writer = new OtlpWriter(4);
    writer.varint(1, 3);
    int position = writer.position();
    writer.string(2, "dropped");
    writer.truncate(position);
    assertThat(writer.toByteArray()).containsExactly(8, 3);
    assertThatThrownBy(() -> writer.truncate(3)).hasMessageContaining("position: 3");
  }

  @Test
  void writesHalfASurrogatePairAsAQuestionMark() throws InvalidProtocolBufferException {
    OtlpWriter writer = new OtlpWriter(4);
    writer.string(1, "\ud83d-\ude00\ud83d");
    assertThat(KeyValue.parseFrom(writer.toByteArray()).getKey()).isEqualTo("?-??");
  }

  private static void write(OtlpWriter writer, ExportTraceServiceRequest request) {
    for (ResourceSpans resourceSpans : request.getResourceSpansList()) {
      int mark = writer.begin(1);
      int resource = writer.begin(1);
      resourceSpans.getResource().getAttributesList().forEach(each -> attribute(writer, 1, each));
      writer.end(resource);
      for (ScopeSpans scopeSpans : resourceSpans.getScopeSpansList()) {
        int scope = writer.begin(2);
        scopeSpans.getSpansList().forEach(span -> span(writer, span));
        writer.end(scope);
      }
      writer.end(mark);
    }
  }

  private static void span(OtlpWriter writer, Span span) {
    int mark = writer.begin(2);
    ByteBuffer traceId = span.getTraceId().asReadOnlyByteBuffer();
    writer.traceId(1, traceId.getLong(), traceId.getLong());
    writer.spanId(2, span.getSpanId().asReadOnlyByteBuffer().getLong());
    byte[] name = span.getName().getBytes(StandardCharsets.UTF_8);
    writer.bytes(5, name, 0, name.length);
    writer.fixed64(7, span.getStartTimeUnixNano());
    span.getAttributesList().forEach(each -> attribute(writer, 9, each));
    writer.varint(10, span.getDroppedAttributesCount());
    writer.fixed32(16, span.getFlags());
    writer.end(mark);
  }

  private static void attribute(OtlpWriter writer, int field, KeyValue attribute) {
    AnyValue value = attribute.getValue();
    String key = attribute.getKey();
    switch (value.getValueCase()) {
      case STRING_VALUE -> writer.attribute(field, key, value.getStringValue());
      case BOOL_VALUE -> writer.attribute(field, key, value.getBoolValue());
      case INT_VALUE -> writer.attribute(field, key, value.getIntValue());
      case DOUBLE_VALUE -> writer.attribute(field, key, value.getDoubleValue());
      default -> {
        byte[] bytes = value.getBytesValue().toByteArray();
        writer.attributeBytes(field, key, bytes, 0, bytes.length);
      }
    }
  }

  private static ExportTraceServiceRequest request(Random random) {
    ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
    for (int i = random.nextInt(3); i >= 0; i--) {
      ResourceSpans.Builder resourceSpans =
          ResourceSpans.newBuilder()
              .setResource(Resource.newBuilder().addAttributes(attribute(random)));
      for (int j = random.nextInt(3); j >= 0; j--) {
        ScopeSpans.Builder scopeSpans = ScopeSpans.newBuilder();
        for (int k = random.nextInt(20); k >= 0; k--) {
          scopeSpans.addSpans(span(random));
        }
        resourceSpans.addScopeSpans(scopeSpans);
      }
      request.addResourceSpans(resourceSpans);
    }
    return request.build();
  }

  private static Span span(Random random) {
    Span.Builder span =
        Span.newBuilder()
            .setTraceId(random(random, 16))
            .setSpanId(random(random, 8))
            .setName("n" + TEXT.repeat(random.nextInt(40)))
            .setStartTimeUnixNano(random.nextLong() | 1)
            .setDroppedAttributesCount(1 + random.nextInt(Integer.MAX_VALUE))
            .setFlags(random.nextInt() | 1);
    for (int i = random.nextInt(6); i > 0; i--) {
      span.addAttributes(attribute(random));
    }
    return span.build();
  }

  private static KeyValue attribute(Random random) {
    AnyValue.Builder value = AnyValue.newBuilder();
    switch (random.nextInt(5)) {
      case 0 -> value.setStringValue(TEXT.repeat(random.nextInt(5000 / (1 + random.nextInt(500)))));
      case 1 -> value.setIntValue(random.nextLong() >> random.nextInt(64));
      case 2 -> value.setDoubleValue(random.nextGaussian());
      case 3 -> value.setBoolValue(random.nextBoolean());
      default -> value.setBytesValue(random(random, random.nextInt(300)));
    }
    return KeyValue.newBuilder().setKey("key" + random.nextInt()).setValue(value).build();
  }

  private static ByteString random(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return ByteString.copyFrom(bytes);
  }
}
