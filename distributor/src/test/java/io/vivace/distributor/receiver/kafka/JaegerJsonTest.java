package io.vivace.distributor.receiver.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import io.vivace.wire.otlp.MalformedOtlpException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JaegerJsonTest {
  private static final String SPAN =
      """
      {"traceId":"AAAAAAAAAAAAAAAAAAAAAQ==","spanId":"AAAAAAAAAAI=","operationName":"GET",
       "references":[{"traceId":"AAAAAAAAAAAAAAAAAAAAAQ==","spanId":"AAAAAAAAAAM=","refType":"CHILD_OF"}],
       "flags":1,"startTime":"2026-01-02T03:04:05.000000678Z","duration":"0.000001500s",
       "tags":[{"key":"a","vStr":"b"},{"key":"n","vType":"INT64","vInt64":"-7"},
               {"key":"f","vType":3,"vFloat64":2.5},{"key":"t","v_type":"BOOL","v_bool":true},
               {"key":"y","vType":"BINARY","vBinary":"AQI="}],
       "logs":[{"timestamp":"2026-01-02T03:04:05Z","fields":[{"key":"event","vStr":"e"}]}],
       "process":{"serviceName":"shop","tags":[{"key":"host","vStr":"h"}]},
       "warnings":["w"],"unknown":{"a":[1]},"processId":null}
      """;

  @Test
  void readsEveryField() throws Exception {
    ExportTraceServiceRequest request =
        ExportTraceServiceRequest.parseFrom(
            KafkaEncoding.of("k", "jaeger_json").toOtlp(bytes(SPAN)));
    Span span = request.getResourceSpans(0).getScopeSpans(0).getSpans(0);

    assertThat(request.getResourceSpans(0).getResource().toString()).contains("shop", "host");
    assertThat(span.getName()).isEqualTo("GET");
    assertThat(span.getParentSpanId().byteAt(7)).isEqualTo((byte) 3);
    assertThat(span.getStartTimeUnixNano()).isEqualTo(1_767_323_045_000_000_678L);
    assertThat(span.getEndTimeUnixNano() - span.getStartTimeUnixNano()).isEqualTo(1500);
    assertThat(span.getEvents(0).getName()).isEqualTo("e");
    assertThat(span.getAttributesList())
        .extracting(each -> each.getKey() + "=" + each.getValue().toString().strip())
        .containsExactlyInAnyOrder(
            "a=string_value: \"b\"",
            "n=int_value: -7",
            "f=double_value: 2.5",
            "t=bool_value: true",
            "y=bytes_value: \"\\001\\002\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "{\"spanId\":1}",
        "{\"traceId\":\"?\"}",
        "{\"startTime\":\"yesterday\"}",
        "{\"duration\":\"1e999999999s\"}",
        "{\"duration\":\"1\"}",
        "{\"flags\":1e99999}",
        "{\"tags\":[{\"vBool\":\"maybe\"}]}",
        "{\"tags\":[[]]}",
        "{\"tags\":[{\"vType\":\"COLOUR\"}]}",
      })
  void refuses(String json) {
    assertThatThrownBy(() -> JaegerJson.toProtobuf(bytes(json)))
        .isInstanceOf(MalformedOtlpException.class);
  }

  @Test
  void survivesDamage() {
    for (int seed = 0; seed < Integer.getInteger("fuzz.iterations", 3000); seed++) {
      Random random = new Random(seed);
      byte[] damaged = bytes(SPAN);
      for (int i = 1 + random.nextInt(4); i > 0; i--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      try {
        assertThat(JaegerJson.toProtobuf(damaged).length).isLessThan(2 * damaged.length);
      } catch (MalformedOtlpException e) {
        assertThat(e).as("seed %d", seed).hasMessageContaining("expected");
      }
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
