package io.vivace.wire.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class OtlpJsonTest {
  private static final String SPAN =
      "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{%s}]}]}],\"unknown\":[{\"x\":[1]}]}"
          + " trailing";

  @Test
  void readsEveryForm() throws Exception {
    Span span =
        span(
            "\"traceId\":\"0AF7651916CD43DD8448EB211C80319C\",\"span_id\":\"b7ad6b7169203331\","
                + "\"parentSpanId\":\"\",\"name\":\"op\",\"kind\":\"SPAN_KIND_SERVER\","
                + "\"startTimeUnixNano\":\"18446744073709551615\",\"end_time_unix_nano\":7,"
                + "\"status\":{\"code\":2,\"message\":\"bad\"},\"events\":null,"
                + "\"attributes\":[{\"key\":\"i\",\"value\":{\"intValue\":\"-5\"}},"
                + "{\"key\":\"d\",\"value\":{\"doubleValue\":1e2}},"
                + "{\"key\":\"b\",\"value\":{\"boolValue\":false}},"
                + "{\"key\":\"y\",\"value\":{\"bytesValue\":\"AQI=\"}},"
                + "{\"key\":\"a\",\"value\":{\"arrayValue\":{\"values\":[{\"stringValue\":\"s\"}]}}}]");
    assertThat(span.getTraceId().size()).isEqualTo(16);
    assertThat(span.getSpanId().size()).isEqualTo(8);
    assertThat(span.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_SERVER);
    assertThat(span.getStartTimeUnixNano()).isEqualTo(-1);
    assertThat(span.getEndTimeUnixNano()).isEqualTo(7);
    assertThat(span.getStatus().getMessage()).isEqualTo("bad");
    assertThat(span.getAttributes(0).getValue().getIntValue()).isEqualTo(-5);
    assertThat(span.getAttributes(1).getValue().getDoubleValue()).isEqualTo(100);
    assertThat(span.getAttributes(2).getValue().hasBoolValue()).isTrue();
    assertThat(span.getAttributes(3).getValue().getBytesValue().size()).isEqualTo(2);
    assertThat(span.getAttributes(4).getValue().getArrayValue().getValuesCount()).isEqualTo(1);
  }

  @Test
  void refusesWrongValues() {
    for (String wrong :
        new String[] {
          "\"traceId\":\"xyz\"", "\"kind\":\"SPAN_KIND_BOGUS\"", "\"name\":5",
          "\"startTimeUnixNano\":\"1e999999999\"", "\"startTimeUnixNano\":1.5", "\"status\":[]"
        }) {
      assertThatThrownBy(() -> span(wrong))
          .as(wrong)
          .isInstanceOf(MalformedOtlpException.class)
          .hasMessageContaining("expected");
    }
  }

  @Test
  void neverFailsOtherwiseThanDeclared() {
    byte[] good =
        SPAN.formatted("\"traceId\":\"0a\",\"attributes\":[{\"key\":\"i\",\"value\":{}}]")
            .getBytes(StandardCharsets.UTF_8);
    for (long seed = 0; seed < 20_000; seed++) {
      RandomGenerator random = new SplittableRandom(seed);
      byte[] bytes = good.clone();
      for (int i = random.nextInt(6); i >= 0; i--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      try {
        byte[] _ = OtlpJson.toProtobuf(bytes);
      } catch (MalformedOtlpException expected) {
        assertThat(expected).isNotNull();
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }

  private static Span span(String fields) throws Exception {
    byte[] bytes = OtlpJson.toProtobuf(SPAN.formatted(fields).getBytes(StandardCharsets.UTF_8));
    return ExportTraceServiceRequest.parseFrom(bytes)
        .getResourceSpans(0)
        .getScopeSpans(0)
        .getSpans(0);
  }
}
