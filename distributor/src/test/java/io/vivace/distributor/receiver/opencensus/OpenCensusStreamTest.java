package io.vivace.distributor.receiver.opencensus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.TextFormat;
import io.vivace.distributor.receiver.OtlpText;
import io.vivace.distributor.receiver.opencensus.proto.ExportTraceServiceRequest;
import io.vivace.wire.otlp.MalformedOtlpException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OpenCensusStreamTest {
  private static final String IDS = "trace_id: 'abcdefghijklmnop' span_id: '12345678' ";
  private static final String SPAN = "span 6162636465666768696a6b6c6d6e6f70 3132333435363738";
  private static final String TIME = " time=0-0";

  /// Fields of one span beside its ids, and what is printed behind them.
  static Stream<Arguments> spans() {
    return Stream.of(
        Arguments.of("ids alone", "", TIME),
        Arguments.of(
            "parent",
            "parent_span_id: '\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x09'",
            " parent=0000000000000009" + TIME),
        Arguments.of("name", "name { value: 'get' }", " name=get" + TIME),
        Arguments.of(
            "times",
            "start_time { seconds: 2 nanos: 3 } end_time { seconds: 4 }",
            " time=2000000003-4000000000"),
        Arguments.of("server", "kind: SERVER", " kind=SERVER" + TIME),
        Arguments.of("client", "kind: CLIENT", " kind=CLIENT" + TIME),
        attributes("kind internal", text("span.kind", "internal"), " kind=INTERNAL" + TIME),
        attributes("kind producer", text("span.kind", "producer"), " kind=PRODUCER" + TIME),
        attributes("kind consumer", text("span.kind", "consumer"), " kind=CONSUMER" + TIME),
        attributes(
            "another span.kind stays", text("span.kind", "server"), TIME + " {span.kind='server'}"),
        Arguments.of(
            "span.kind beside a kind stays",
            "kind: CLIENT attributes { " + text("span.kind", "internal") + " }",
            " kind=CLIENT" + TIME + " {span.kind='internal'}"),
        Arguments.of("status 0", "status { code: 0 message: 'm' }", TIME + " message=m"),
        Arguments.of(
            "status 5", "status { code: 5 message: 'm' }", TIME + " status=ERROR message=m"),
        Arguments.of(
            "otel.status_code before the status",
            "status { code: 5 } attributes { " + number("otel.status_code", 1) + " }",
            TIME + " status=OK"),
        attributes(
            "otel.status_code without a status stays",
            number("otel.status_code", 2),
            TIME + " {otel.status_code=2}"),
        attributes("text", text("k", "v"), TIME + " {k='v'}"),
        attributes("whole number", number("k", -3), TIME + " {k=-3}"),
        attributes("true", value("k", "bool_value: true"), TIME + " {k=true}"),
        attributes("double", value("k", "double_value: 1.5"), TIME + " {k=1.5d}"),
        attributes(
            "no value", value("k", ""), TIME + " {k='<Unknown OpenCensus attribute value type>'}"),
        attributes("dropped attributes", "dropped_attributes_count: 2", TIME + " dropped=2"),
        Arguments.of(
            "same process",
            "same_process_as_parent_span { value: true }",
            TIME + " {opencensus.same_process_as_parent_span=true}"),
        Arguments.of(
            "other process",
            "same_process_as_parent_span { }",
            TIME + " {opencensus.same_process_as_parent_span=false}"),
        Arguments.of(
            "trace state",
            "tracestate { entries { key: 'a' value: '1' } entries { key: 'b' value: '2' } }",
            " state=a=1,b=2" + TIME),
        events(
            "annotation",
            "time { seconds: 1 } annotation { description { value: 'd' } attributes { "
                + text("k", "v")
                + " dropped_attributes_count: 1 } }",
            " event[1000000000 name=d {k='v'} dropped=1]"),
        events(
            "message",
            "message_event { type: SENT id: 7 uncompressed_size: 100 compressed_size: 50 }",
            " event[0 name=message {message.type='SENT', messaging.message_id=7,"
                + " messaging.message_payload_size_bytes=100,"
                + " messaging.message_payload_compressed_size_bytes=50}]"),
        events(
            "message of no type",
            "message_event { type: 0 }",
            " event[0 name=message {message.type='TYPE_UNSPECIFIED', messaging.message_id=0,"
                + " messaging.message_payload_size_bytes=0,"
                + " messaging.message_payload_compressed_size_bytes=0}]"),
        events(
            "event of no kind",
            "time { seconds: 1 }",
            " event[1000000000 name=An unknown OpenCensus TimeEvent type was detected when"
                + " translating]"),
        Arguments.of(
            "dropped events are added up",
            "time_events { dropped_annotations_count: 1 dropped_message_events_count: 2 }",
            TIME + " dropped=3"),
        Arguments.of(
            "links",
            "links { link { trace_id: 'abcdefghijklmnop' span_id: '12345678' type:"
                + " PARENT_LINKED_SPAN attributes { "
                + text("k", "v")
                + " } tracestate { entries { key: 'a' value: '1' } } } dropped_links_count: 4 }",
            TIME
                + " link[6162636465666768696a6b6c6d6e6f70 3132333435363738 state=a=1 {k='v'}]"
                + " dropped=4"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void spans(String what, String fields, String expected) throws Exception {
    assertThat(translate("spans { " + IDS + fields + " }"))
        .isEqualTo("resource\n" + SPAN + expected + "\n");
  }

  @Test
  void boundsWhatTheNodeOfEverySpanAddsUpTo() throws Exception {
    int perSpan = 100_000;
    int most = (16 << 20) / perSpan;
    assertThat(new OpenCensusStream().translate(spansWithResources(perSpan, most)).length)
        .isGreaterThan(most * perSpan);
    byte[] tooMany = spansWithResources(perSpan, most + 12);
    assertThatThrownBy(() -> new OpenCensusStream().translate(tooMany))
        .isInstanceOf(MalformedOtlpException.class)
        .hasMessageContaining("expected: a smaller node");
  }

  private static byte[] spansWithResources(int nodeBytes, int spans) throws Exception {
    return TextFormat.parse(
            "node { attributes { key: 'a' value: '"
                + "x".repeat(nodeBytes)
                + "' } } "
                + ("spans { " + IDS + " resource { } } ").repeat(spans),
            ExportTraceServiceRequest.class)
        .toByteArray();
  }

  @Test
  void alignsIdsToTheLeft() throws Exception {
    assertThat(translate("spans { trace_id: 'ab' span_id: '123456789' }"))
        .isEqualTo(
            "resource\nspan 61620000000000000000000000000000 3132333435363738" + TIME + "\n");
  }

  /// What tells the origin of spans.
  static Stream<Arguments> resources() {
    return Stream.of(
        Arguments.of("service", "node { service_info { name: 's' } }", "service.name='s'"),
        Arguments.of(
            "node attributes before labels, fields before both",
            "node { attributes { key: 'a' value: 'node' } attributes { key: 'host.name' value:"
                + " 'no' } identifier { host_name: 'h' } }"
                + " resource { labels { key: 'a' value: 'label' } }",
            "a='node', host.name='h'"),
        Arguments.of(
            "process",
            "node { identifier { host_name: 'h' pid: 42 start_timestamp { seconds: 1 nanos:"
                + " 500000000 } } }",
            "opencensus.starttime='1970-01-01T00:00:01.5Z', host.name='h', process.pid=42"),
        Arguments.of(
            "library",
            "node { library_info { language: JAVA exporter_version: '1' core_library_version: '2'"
                + " } }",
            "telemetry.sdk.version='2', opencensus.exporterversion='1',"
                + " telemetry.sdk.language='java'"),
        language("CPP", "cpp"),
        language("C_SHARP", "dotnet"),
        language("ERLANG", "erlang"),
        language("GO_LANG", "go"),
        language("NODE_JS", "nodejs"),
        language("PHP", "php"),
        language("PYTHON", "python"),
        language("RUBY", "ruby"),
        language("WEB_JS", "webjs"),
        Arguments.of(
            "resource",
            "resource { type: 'k8s' labels { key: 'cloud.zone' value: 'z' } }",
            "cloud.availability_zone='z', opencensus.resourcetype='k8s'"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void resources(String what, String origin, String expected) throws Exception {
    assertThat(translate(origin)).isEqualTo("resource {" + expected + "}\n");
  }

  @Test
  void givesASpanWithAResourceOneOfItsOwn() throws Exception {
    String own = "resource { labels { key: 'own' value: '1' } }";

    assertThat(
            translate(
                "node { service_info { name: 's' } } resource { type: 't' } spans { "
                    + IDS
                    + own
                    + " } spans { "
                    + IDS
                    + " }"))
        .isEqualTo(
            "resource {opencensus.resourcetype='t', service.name='s'}\n"
                + (SPAN + TIME + "\n")
                + "resource {own='1', service.name='s'}\n"
                + (SPAN + TIME + "\n"));
  }

  @Test
  void keepsNodeAndResourceUntilOthersCome() throws Exception {
    OpenCensusStream stream = new OpenCensusStream();

    assertThat(translate(stream, "node { service_info { name: 'a' } } resource { type: 't' }"))
        .isEqualTo("resource {opencensus.resourcetype='t', service.name='a'}\n");
    assertThat(translate(stream, "spans { " + IDS + " }"))
        .startsWith("resource {opencensus.resourcetype='t', service.name='a'}\n");
    assertThat(translate(stream, "node { service_info { name: 'b' } }"))
        .isEqualTo("resource {opencensus.resourcetype='t', service.name='b'}\n");
  }

  @Test
  void refusesWhatIsNoMessage() {
    assertThatThrownBy(() -> new OpenCensusStream().translate(new byte[] {0x12, 5}))
        .isInstanceOf(MalformedOtlpException.class);
    assertThatThrownBy(() -> new OpenCensusStream().translate(new byte[] {0x10, 5}))
        .isInstanceOf(MalformedOtlpException.class)
        .hasMessage("field 2: wire type 0 (expected: 2)");
  }

  @Test
  void readsSeveralMessagesInJson() throws Exception {
    String json =
        """
        {"node":{"serviceInfo":{"name":"s"},"libraryInfo":{"language":"JAVA"}}}
        {"spans":[{"traceId":"YWJjZGVmZ2hpamtsbW5vcA==","spanId":"MTIzNDU2Nzg=","name":{"value":"n"},
          "kind":"SERVER","startTime":"1970-01-01T00:00:02.000000003Z","sameProcessAsParentSpan":true,
          "attributes":{"attributeMap":{"i":{"intValue":"-3"},"s":{"stringValue":{"value":"x"}}}},
          "more":1}]}
        """;
    OpenCensusStream stream = new OpenCensusStream();
    StringBuilder text = new StringBuilder();
    List<byte[]> messages = OpenCensusJson.toProtobuf(json.getBytes(StandardCharsets.UTF_8));
    for (byte[] message : messages) {
      text.append(OtlpText.of(stream.translate(message)));
    }

    assertThat(text.toString())
        .isEqualTo(
            "resource {service.name='s', telemetry.sdk.language='java'}\n".repeat(2)
                + SPAN
                + " name=n kind=SERVER time=2000000003-0 {i=-3, s='x',"
                + " opencensus.same_process_as_parent_span=true}\n");
  }

  static Stream<String> refusedJson() {
    return Stream.of(
        "[]",
        "nope",
        "{\"node\":1}",
        "{\"spans\":[{\"traceId\":\"!\"}]}",
        "{\"spans\":[",
        "{\"spans\":[{\"status\":{\"code\":1e999999999}}]}",
        "{\"spans\":[{\"timeEvents\":{\"timeEvent\":[{\"messageEvent\":{\"id\":\"1e99999999\"}}]}}]}");
  }

  @ParameterizedTest
  @MethodSource
  void refusedJson(String json) {
    assertThatThrownBy(() -> OpenCensusJson.toProtobuf(json.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(MalformedOtlpException.class)
        .hasMessageStartingWith("json: ");
  }

  private static String translate(String text) throws Exception {
    return translate(new OpenCensusStream(), text);
  }

  private static String translate(OpenCensusStream stream, String text) throws Exception {
    byte[] message = TextFormat.parse(text, ExportTraceServiceRequest.class).toByteArray();
    return OtlpText.of(stream.translate(message));
  }

  private static Arguments attributes(String what, String attributes, String expected) {
    return Arguments.of(what, "attributes { " + attributes + " }", expected);
  }

  private static Arguments events(String what, String event, String expected) {
    return Arguments.of(what, "time_events { time_event { " + event + " } }", TIME + expected);
  }

  private static Arguments language(String name, String expected) {
    return Arguments.of(
        name,
        "node { library_info { language: " + name + " } }",
        "telemetry.sdk.language='" + expected + "'");
  }

  private static String text(String key, String value) {
    return value(key, "string_value { value: '" + value + "' }");
  }

  private static String number(String key, long value) {
    return value(key, "int_value: " + value);
  }

  private static String value(String key, String value) {
    return "attribute_map { key: '" + key + "' value { " + value + " } }";
  }
}
