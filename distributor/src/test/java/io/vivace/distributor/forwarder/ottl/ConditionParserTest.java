package io.vivace.distributor.forwarder.ottl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionParserTest {
  private static final Target TARGET =
      new Target(
          Resource.newBuilder().addAttributes(text("service.name", "shop")).build(),
          Span.newBuilder()
              .setName("GET /health")
              .setKind(Span.SpanKind.SPAN_KIND_SERVER)
              .setStatus(Status.newBuilder().setCode(Status.StatusCode.STATUS_CODE_ERROR))
              .addAttributes(text("path", "/health"))
              .addAttributes(value("size", AnyValue.newBuilder().setIntValue(7)))
              .addAttributes(value("ratio", AnyValue.newBuilder().setDoubleValue(0.5)))
              .addAttributes(value("cached", AnyValue.newBuilder().setBoolValue(true)))
              .addAttributes(
                  value("raw", AnyValue.newBuilder().setBytesValue(ByteString.fromHex("0aff"))))
              .build(),
          Span.Event.newBuilder().setName("retry").addAttributes(text("why", "late")).build());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name == \"GET /health\"",
        "span.name == \"GET /health\"",
        "attributes[\"path\"] == \"/health\"",
        "span.attributes[\"path\"] != \"/\"",
        "resource.attributes[\"service.name\"] == \"shop\"",
        "kind == SPAN_KIND_SERVER",
        "kind == 2",
        "status.code == STATUS_CODE_ERROR",
        "attributes[\"size\"] > 6.5",
        "7 <= attributes[\"size\"]",
        "attributes[\"ratio\"] < 1",
        "attributes[\"cached\"] == true",
        "attributes[\"missing\"] == nil",
        "attributes[\"path\"] != nil",
        "attributes[\"size\"] != \"7\"",
        "not attributes[\"size\"] == \"7\"",
        "not (name == \"a\" or kind == SPAN_KIND_CLIENT)",
        "name == \"a\" and kind == SPAN_KIND_CLIENT or status.code == 2",
        "status.code == 2 or name == \"a\" and kind == SPAN_KIND_CLIENT",
        "IsMatch(name, \"^GET .*health\")",
        "IsMatch(attributes[\"size\"], \"^7$\")",
        "IsMatch(attributes[\"ratio\"], \"^0\\\\.5$\")",
        "IsMatch(attributes[\"cached\"], \"tr\")",
        "IsMatch(attributes[\"raw\"], \"^0aff$\")",
        "true"
      })
  void isTrue(String condition) throws OttlException {
    assertThat(ConditionParser.parse(condition, Context.SPAN).matches(TARGET)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name == \"get /health\"",
        "attributes[\"missing\"] == \"x\"",
        "attributes[\"missing\"] < 5",
        "attributes[\"size\"] == \"7\"",
        "attributes[\"size\"] < \"9\"",
        "attributes[\"path\"] < \"/h\"",
        "not true",
        "IsMatch(name, \"^health\")",
        "IsMatch(attributes[\"missing\"], \".*\")",
        "false"
      })
  void isFalse(String condition) throws OttlException {
    assertThat(ConditionParser.parse(condition, Context.SPAN).matches(TARGET)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name == \"retry\" and attributes[\"why\"] == \"late\"",
        "spanevent.name == \"retry\"",
        "span.name == \"GET /health\" and span.kind == 2",
        "resource.attributes[\"service.name\"] == \"shop\""
      })
  void asksAboutEvents(String condition) throws OttlException {
    assertThat(ConditionParser.parse(condition, Context.SPAN_EVENT).matches(TARGET)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "name",
        "name ==",
        "name == \"a\" and",
        "name == \"a\" name",
        "(name == \"a\"",
        "name = \"a\"",
        "name == \"a",
        "trace_state == \"a\"",
        "attributes[\"a\"][\"b\"] == 1",
        "attributes == nil",
        "attributes[0] == 1",
        "spanevent.name == \"a\"",
        "IsMatch(name, name)",
        "IsMatch(name, \"(\")",
        "IsString(name)",
        "1 + 1 == 2",
        "name == \"\\q\"",
        "attributes[\"size\"] == 99999999999999999999"
      })
  void refusesWhatItCannotEvaluateRight(String condition) {
    assertThatThrownBy(() -> ConditionParser.parse(condition, Context.SPAN))
        .isInstanceOf(OttlException.class)
        .hasMessageContaining("expected: ");
  }

  @Test
  void readsOrRefusesAnyTextWithoutAnotherError() {
    long seed = 20_261_124;
    Random random = new Random(seed);
    String[] words = {
      "name",
      "==",
      "and",
      "or",
      "not",
      "(",
      ")",
      "\"a\"",
      "7",
      "attributes",
      "[",
      "]",
      "IsMatch",
      ",",
      ".",
      "true",
      "nil",
      "\\",
      "\"",
      "-1.5"
    };
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int j = random.nextInt(12); j >= 0; j--) {
        text.append(words[random.nextInt(words.length)]).append(random.nextBoolean() ? " " : "");
      }
      try {
        boolean _ = ConditionParser.parse(text.toString(), Context.SPAN).matches(TARGET);
      } catch (OttlException e) {
        assertThat(e).as("seed %d: %s", seed, text).hasMessageContaining("expected");
      }
    }
  }

  @Test
  void refusesParenthesesWithoutEnd() {
    assertThatThrownBy(() -> ConditionParser.parse("(".repeat(100_000), Context.SPAN))
        .isInstanceOf(OttlException.class);
  }

  private static KeyValue text(String key, String value) {
    return value(key, AnyValue.newBuilder().setStringValue(value));
  }

  private static KeyValue value(String key, AnyValue.Builder value) {
    return KeyValue.newBuilder().setKey(key).setValue(value).build();
  }
}
