package io.vivace.distributor.receiver.zipkin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vivace.distributor.receiver.OtlpText;
import io.vivace.wire.otlp.MalformedOtlpException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ZipkinV1JsonTest {
  private static final long NOW = 77;
  private static final String IDS = "span 00000000000000000000000000000001 0000000000000002";
  private static final String UNKNOWN = "resource {service.name='unknown-service'}\n";
  private static final String TIME = " time=3000-3000";

  /// One span with timestamp 3: further fields, and what is printed.
  static Stream<Arguments> fields() {
    return Stream.of(
        Arguments.of("nothing more", "", UNKNOWN + IDS + TIME),
        Arguments.of("no parent", "'parentId':''", UNKNOWN + IDS + TIME),
        Arguments.of(
            "parent",
            "'parentId':'000000000000000a'",
            UNKNOWN + IDS + " parent=000000000000000a" + TIME),
        Arguments.of("duration", "'duration':4", UNKNOWN + IDS + " time=3000-7000"),
        Arguments.of(
            "core annotation",
            "'annotations':[{'timestamp':9,'value':'cs','endpoint':{'serviceName':'s',"
                + "'ipv4':'1.2.3.4','ipv6':'::1','port':80}},{'timestamp':8,'value':'note'}]",
            "resource {service.name='s', ipv4='1.2.3.4', ipv6='::1', port='80'}\n"
                + IDS
                + " kind=CLIENT"
                + TIME
                + " event[8000 name=note]"),
        annotation("text", "'value':'v'", "{k='v'}"),
        annotation("boolean, which Tempo refuses", "'value':true", "{k=true}"),
        annotation("whole number, which Tempo refuses", "'value':-7", "{k=-7}"),
        annotation("fraction, which Tempo refuses", "'value':0.5", "{k=0.5d}"),
        annotation("null", "'value':null", "{k=''}"),
        Arguments.of(
            "the last of the services of binary annotations",
            "'binaryAnnotations':[{'key':'a','value':'1','endpoint':{'serviceName':'x'}},"
                + "{'key':'b','value':'2','endpoint':{'serviceName':'y'}},"
                + "{'key':'c','value':'3','endpoint':{'ipv4':'1.1.1.1'}}]",
            "resource {service.name='y'}\n" + IDS + TIME + " {a='1', b='2', c='3'}"),
        Arguments.of(
            "local component",
            "'binaryAnnotations':[{'key':'lc','value':'spring'}]",
            "resource {service.name='spring'}\n" + IDS + TIME + " {component='spring'}"),
        Arguments.of(
            "address annotation, which Tempo refuses",
            "'binaryAnnotations':[{'key':'sa','value':true,'endpoint':{'serviceName':'db',"
                + "'ipv4':'1.2.3.4','port':99}}]",
            UNKNOWN
                + IDS
                + TIME
                + " {sa=true, peer.service='db', net.peer.ip='1.2.3.4', net.peer.port=99}"),
        Arguments.of(
            "error",
            "'binaryAnnotations':[{'key':'error','value':'boom'}]",
            UNKNOWN + IDS + TIME + " status=ERROR"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void fields(String what, String fields, String expected) throws MalformedOtlpException {
    assertThat(translate(span("'timestamp':3" + (fields.isEmpty() ? "" : "," + fields)), false))
        .isEqualTo(expected + "\n");
  }

  @Test
  void takesTimesOfAnnotationsWhenTheSpanHasNone() throws MalformedOtlpException {
    String json = span("'annotations':[{'timestamp':9,'value':'ss'},{'timestamp':4,'value':'sr'}]");

    assertThat(translate(json, false)).isEqualTo(UNKNOWN + IDS + " kind=SERVER time=4000-9000\n");
  }

  @Test
  void takesTheTimeOfNowWhenNothingTellsOne() throws MalformedOtlpException {
    assertThat(translate(span("'name':'x'"), false))
        .isEqualTo(UNKNOWN + IDS + " name=x time=77-77 {otel.zipkin.absentField.startTime=true}\n");
  }

  @Test
  void givesValuesTheTypeThatTheyLookLikeWhenAsked() throws MalformedOtlpException {
    String json =
        span(
            "'timestamp':3,'binaryAnnotations':[{'key':'i','value':'12'},{'key':'b','value':'x'}]");

    assertThat(translate(json, true)).isEqualTo(UNKNOWN + IDS + TIME + " {i=12, b='x'}\n");
  }

  @Test
  void groupsSpansByEndpoint() throws MalformedOtlpException {
    String a = "{'timestamp':1,'value':'cs','endpoint':{'serviceName':'a','port':1}}";
    String b = "{'timestamp':1,'value':'cs','endpoint':{'serviceName':'a','port':2}}";
    String ids = "{'traceId':'0000000000000001','id':'0000000000000002','annotations':[";

    assertThat(translate("[" + ids + a + "]}," + ids + b + "]}," + ids + a + "]}]", false))
        .isEqualTo(
            "resource {service.name='a', port='1'}\n"
                + (IDS + " kind=CLIENT time=1000-1000\n").repeat(2)
                + "resource {service.name='a', port='2'}\n"
                + (IDS + " kind=CLIENT time=1000-1000\n"));
  }

  static Stream<Arguments> refusals() {
    String id = "'id':'0000000000000002'";
    return Stream.of(
        Arguments.of("{}", "body: "),
        Arguments.of("[{'traceId':'1'," + id + "}]", "hex traceId span has wrong length"),
        Arguments.of("[{" + id + "}]", "traceId: zero"),
        Arguments.of("[{'traceId':'0000000000000001','id':'2'}]", "hex id has wrong length"),
        Arguments.of("[{'traceId':'0000000000000001'}]", "id: zero"),
        Arguments.of(span("'parentId':'2'"), "hex parentId has wrong length"),
        Arguments.of(span("'parentId':'0000000000000000'"), "parentId: zero"),
        Arguments.of(span("'timestamp':'x'"), "timestamp: VALUE_STRING"),
        Arguments.of(span("'binaryAnnotations':[{'key':'a','value':{}}]"), "value: START_OBJECT"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void refusals(String json, String message) {
    assertThatThrownBy(() -> translate(json, false))
        .isInstanceOf(MalformedOtlpException.class)
        .hasMessageStartingWith(message);
  }

  private static String translate(String json, boolean typed) throws MalformedOtlpException {
    byte[] bytes = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return OtlpText.of(ZipkinV1Json.translate(bytes, new ZipkinOptions(typed, false), () -> NOW));
  }

  private static String span(String fields) {
    return "[{'traceId':'0000000000000001','id':'0000000000000002'," + fields + "}]";
  }

  private static Arguments annotation(String what, String value, String expected) {
    return Arguments.of(
        what,
        "'binaryAnnotations':[{'key':'k'," + value + "}]",
        UNKNOWN + IDS + TIME + " " + expected);
  }
}
