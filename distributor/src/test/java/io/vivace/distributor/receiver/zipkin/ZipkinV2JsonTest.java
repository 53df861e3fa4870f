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

class ZipkinV2JsonTest {
  private static final ZipkinOptions LOSSLESS = new ZipkinOptions(false, true);
  private static final ZipkinOptions TYPED = new ZipkinOptions(true, false);
  private static final String SHOP = "resource {service.name='shop'}\n";
  private static final String IDS = "span 00000000000000000000000000000001 0000000000000002";
  private static final String TIME = " time=3000-3000";

  /// One span of service `shop` with timestamp 3: further fields, and what is printed of the span.
  static Stream<Arguments> fields() {
    return Stream.of(
        row("nothing more", "", IDS + TIME),
        row("parent", "'parentId':'9'", IDS + " parent=0000000000000009" + TIME),
        row("parent that is the span itself", "'parentId':'2'", IDS + TIME),
        row("name", "'name':'Get ✓'", IDS + " name=Get ✓" + TIME),
        row("duration", "'duration':7", IDS + " time=3000-10000"),
        row("client", "'kind':'CLIENT'", IDS + " kind=CLIENT" + TIME),
        row("server", "'kind':'SERVER'", IDS + " kind=SERVER" + TIME),
        row("producer", "'kind':'PRODUCER'", IDS + " kind=PRODUCER" + TIME),
        row("consumer", "'kind':'CONSUMER'", IDS + " kind=CONSUMER" + TIME),
        row("kind that nobody knows", "'kind':'client'", IDS + TIME),
        tags("kind internal", "'span.kind':'internal'", IDS + " kind=INTERNAL" + TIME),
        tags("other span.kind is dropped", "'span.kind':'server'", IDS + TIME),
        row(
            "span.kind beside a kind stays",
            "'kind':'CLIENT','tags':{'span.kind':'internal'}",
            IDS + " kind=CLIENT" + TIME + " {span.kind='internal'}"),
        row("shared and debug are dropped", "'shared':true,'debug':true", IDS + TIME),
        tags("trace state", "'w3c.tracestate':'a=b'", IDS + " state=a=b" + TIME),
        tags("tags", "'a':'b','c':''", IDS + TIME + " {a='b', c=''}"),
        tags("null tag", "'a':null", IDS + TIME + " {a=''}"),
        tags("the last of equal keys", "'a':'1','b':'2','a':'3'", IDS + TIME + " {a='3', b='2'}"),
        tags("status ok", "'otel.status_code':'STATUS_CODE_OK'", IDS + TIME + " status=OK"),
        tags("status Ok", "'otel.status_code':'Ok'", IDS + TIME + " status=OK"),
        tags("status OK is unknown", "'otel.status_code':'OK'", IDS + TIME),
        tags("status unset", "'otel.status_code':'Unset'", IDS + TIME),
        tags(
            "status error with description",
            "'otel.status_code':'Error','otel.status_description':'d'",
            IDS + TIME + " status=ERROR message=d"),
        tags(
            "description alone is a tag",
            "'otel.status_description':'d'",
            IDS + TIME + " {otel.status_description='d'}"),
        tags("error true", "'error':'true'", IDS + TIME + " status=ERROR"),
        tags("error text", "'error':'boom'", IDS + TIME + " {error='boom'} status=ERROR"),
        tags("error false", "'error':'false'", IDS + TIME + " {error='false'} status=ERROR"),
        tags("error empty", "'error':''", IDS + TIME + " {error=''} status=ERROR"),
        row(
            "remote endpoint",
            "'remoteEndpoint':{'serviceName':'db','ipv4':'1.2.3.4','port':99}",
            IDS + TIME + " {peer.service='db', net.peer.ip='1.2.3.4', net.peer.port=99}"),
        row(
            "ipv6 before ipv4, in its shortest form",
            "'remoteEndpoint':{'ipv6':'2001:DB8:0::1','ipv4':'1.2.3.4'}",
            IDS + TIME + " {net.peer.ip='2001:db8::1'}"),
        row(
            "annotations",
            "'annotations':[{'timestamp':4,'value':'a'},null,{'timestamp':5,'value':''}]",
            IDS + TIME + " event[4000 name=a] event[5000]"),
        row(
            "annotation with attributes",
            "'annotations':[{'timestamp':4,'value':'n|{\\'s\\':\\'x\\',\\'i\\':2,\\'w\\':2.0,"
                + "\\'f\\':1.5,\\'b\\':true,\\'o\\':{}}|3'}]",
            IDS + TIME + " event[4000 name=n {s='x', i=2, w=2, f=1.5d, b=true} dropped=3]"),
        row(
            "a bar inside the attributes of an annotation",
            "'annotations':[{'timestamp':4,'value':'n|{\\'s\\':\\'x|y\\'}|0'}]",
            IDS + TIME + " event[4000 name=n {s='x|y'}]"),
        row(
            "annotation with one bar is cut there",
            "'annotations':[{'timestamp':4,'value':'two|parts'}]",
            IDS + TIME + " event[4000 name=two]"),
        tags(
            "links up to the first that is missing",
            "'otlp.link.0':'000102030405060708090a0b0c0d0e0f|0001020304050607|a=b|{\\'n\\':1}|2',"
                + "'otlp.link.1':'short','otlp.link.3':'not read'",
            IDS
                + TIME
                + " {otlp.link.3='not read'} link[000102030405060708090a0b0c0d0e0f"
                + " 0001020304050607 state=a=b {n=1} dropped=2]"),
        row("nulls are absent", "'name':null,'tags':null,'kind':null", IDS + TIME),
        row(
            "names in any case",
            "'NAME':'x','Tags':{'a':'b'}",
            IDS + " name=x" + TIME + " {a='b'}"),
        row("unknown fields are dropped", "'more':{'a':[1,{}]},'links':[]", IDS + TIME));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void fields(String what, String fields, String expected) throws MalformedOtlpException {
    assertThat(translate(shop(fields), ZipkinOptions.DEFAULT)).isEqualTo(SHOP + expected + "\n");
  }

  /// Whole requests.
  static Stream<Arguments> requests() {
    String span = "{'traceId':'1','id':'2','timestamp':3";
    return Stream.of(
        Arguments.of("no spans", "[]", ""),
        Arguments.of("null", "null", ""),
        Arguments.of("null spans are skipped", "[null]", ""),
        Arguments.of(
            "128-bit trace id",
            "[{'traceId':'0A0b00000000000100000000000000ff','id':'2','timestamp':3}]",
            "resource\nspan 0a0b00000000000100000000000000ff 0000000000000002" + TIME + "\n"),
        Arguments.of(
            "no timestamp",
            "[{'traceId':'1','id':'2','duration':5}]",
            "resource\n" + IDS + " time=0-5000 {otel.zipkin.absentField.startTime=true}\n"),
        Arguments.of(
            "local endpoint",
            "[" + span + ",'localEndpoint':{'serviceName':'s','ipv4':'1.2.3.4','port':80}}]",
            "resource {service.name='s'}\n"
                + IDS
                + TIME
                + " {net.host.ip='1.2.3.4', net.host.port=80}\n"),
        Arguments.of(
            "without a service resource tags are lost",
            "[" + span + ",'tags':{'host.name':'h','a':'b'}}]",
            "resource\n" + IDS + TIME + " {a='b'}\n"),
        Arguments.of(
            "the name of OpenTelemetry for no service",
            "[" + span + ",'localEndpoint':{'serviceName':'OTLPResourceNoServiceName'}}]",
            "resource\n" + IDS + TIME + "\n"),
        Arguments.of(
            "resource tags of the first span only",
            "["
                + shopSpan("'tags':{'host.name':'h1','k8s.pod.name':'p','a':'1'}")
                + ","
                + shopSpan("'tags':{'host.name':'h2','os.type':'linux','a':'2'}")
                + "]",
            "resource {service.name='shop', host.name='h1', k8s.pod.name='p'}\n"
                + (IDS + TIME + " {a='1'}\n")
                + (IDS + TIME + " {a='2'}\n")),
        Arguments.of(
            "service.name of another attribute",
            "[" + shopSpan("'tags':{'otlp.service.name.source':'faas.name'}") + "]",
            "resource {faas.name='shop'}\n" + IDS + TIME + "\n"),
        Arguments.of(
            "tag service.name before the endpoint's",
            "[" + shopSpan("'tags':{'service.name':'tagged'}") + "]",
            "resource {service.name='tagged'}\n" + IDS + TIME + "\n"),
        Arguments.of(
            "libraries",
            "["
                + shopSpan("'tags':{'otel.library.name':'b','otel.library.version':'2'}")
                + ","
                + shopSpan("'tags':{'otel.library.name':'a'}")
                + "]",
            SHOP + "scope a \n" + IDS + TIME + "\nscope b 2\n" + IDS + TIME + "\n"),
        Arguments.of(
            "services in order",
            "["
                + (span + ",'localEndpoint':{'serviceName':'z'}},")
                + (span + ",'localEndpoint':{'serviceName':'a'}},")
                + (span + ",'localEndpoint':{'serviceName':'z'}}]"),
            "resource {service.name='a'}\n"
                + (IDS + TIME + "\n")
                + "resource {service.name='z'}\n"
                + (IDS + TIME + "\n").repeat(2)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void requests(String what, String json, String expected) throws MalformedOtlpException {
    assertThat(translate(json, ZipkinOptions.DEFAULT)).isEqualTo(expected);
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        Arguments.of("", "unexpected end of JSON input"),
        Arguments.of("nope", "json: "),
        Arguments.of("{}", "body: START_OBJECT (expected: a list)"),
        Arguments.of("[] []", "body: START_ARRAY (expected: nothing after the list of spans)"),
        Arguments.of("[1]", "span: VALUE_NUMBER_INT (expected: an object)"),
        Arguments.of("[{'traceId':'1'}]", "valid span id required"),
        Arguments.of("[{'traceId':'1','id':'0'}]", "valid span id required"),
        Arguments.of("[{'traceId':'x','id':'1'}]", "traceId: 'x' (expected: hex digits of an id)"),
        Arguments.of("[{'traceId':'1','id':'10000000000000001'}]", "id: '10000000000000001'"),
        Arguments.of(shop("'parentId':''"), "parentId: '' (expected: hex digits of an id)"),
        Arguments.of(shop("'duration':-1"), "duration: -1 (expected: 0 to"),
        Arguments.of(shop("'duration':'1'"), "duration: VALUE_STRING (expected: a whole number)"),
        Arguments.of(shop("'remoteEndpoint':{'port':65536}"), "port: 65536 (expected: 0 to 65535)"),
        Arguments.of(shop("'remoteEndpoint':{'ipv4':'1.2.3'}"), "ip: 1.2.3 (expected: an address"),
        Arguments.of(shop("'remoteEndpoint':{'ipv6':'fe80::1%x'}"), "ip: fe80::1%x (expected:"),
        Arguments.of(shop("'tags':{'a':1}"), "tag: VALUE_NUMBER_INT (expected: a text)"),
        Arguments.of(shop("'annotations':[{'value':'a'}]"), "valid annotation timestamp required"),
        Arguments.of(
            shop("'annotations':[{'timestamp':1,'value':'a|b|c'}]"),
            "text: b (expected: a JSON object between the bars)"),
        Arguments.of(
            shop("'annotations':[{'timestamp':1,'value':'a|{}|c'}]"),
            "text: a|{}|c (expected: a count of dropped attributes at the end)"),
        Arguments.of(shop("'tags':{'otlp.link.0':'1|2||{}|0'}"), "link: id 1 (expected: 32 hex"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void refusals(String json, String message) {
    assertThatThrownBy(() -> translate(json, ZipkinOptions.DEFAULT))
        .isInstanceOf(MalformedOtlpException.class)
        .hasMessageStartingWith(message.startsWith("json") ? "json: " : message);
  }

  @Test
  void keepsResourceTagsOfEverySpanWhenLossless() throws MalformedOtlpException {
    String json =
        "["
            + shopSpan("'tags':{'host.name':'h1'}")
            + ","
            + shopSpan("'tags':{'host.name':'h2'}")
            + ",{'traceId':'1','id':'2','timestamp':3,'tags':{'host.name':'h3'}}]";

    assertThat(translate(json, LOSSLESS))
        .isEqualToIgnoringNewLines(
            "resource {host.name='h3'}\n"
                + (IDS + TIME + "\n")
                + "resource {service.name='shop', host.name='h1'}\n"
                + (IDS + TIME + "\n")
                + "resource {service.name='shop', host.name='h2'}\n"
                + (IDS + TIME + "\n"));
  }

  @Test
  void keepsAnnotationTextWithBarsWhenLossless() throws MalformedOtlpException {
    String json =
        shop("'annotations':[{'timestamp':4,'value':'a|b|c'},{'timestamp':5,'value':'x|y'}]");

    assertThat(translate(json, LOSSLESS))
        .isEqualTo(SHOP + IDS + TIME + " event[4000 name=a|b|c] event[5000 name=x|y]\n");
  }

  @Test
  void keepsLinksThatAreNoneAsTagsWhenLossless() throws MalformedOtlpException {
    String json = shop("'tags':{'otlp.link.0':'1|2||{}|0','otlp.link.1':'short'}");

    assertThat(translate(json, LOSSLESS))
        .isEqualTo(SHOP + IDS + TIME + " {otlp.link.0='1|2||{}|0', otlp.link.1='short'}\n");
  }

  @Test
  void givesTagsTheTypeThatTheyLookLikeWhenAsked() throws MalformedOtlpException {
    String tags =
        "'i':'12','n':'-12','max':'9223372036854775808','min':'-99999999999999999999',"
            + "'f':'1.50','t':'true','no':'false','dot':'1.','text':'1x','minus':'-','empty':'',"
            + "'low':'-9223372036854775808'";

    assertThat(translate(shop("'tags':{" + tags + "}"), TYPED))
        .isEqualTo(
            SHOP
                + IDS
                + TIME
                + " {i=12, n=-12, max=9223372036854775807, min=-9223372036854775808, f=1.5d,"
                + " t=true, no=false, dot='1.', text='1x', minus='-', empty='',"
                + " low=-9223372036854775808}\n");
  }

  @Test
  void keepsTheLastOfEqualKeysAmongManyTags() throws MalformedOtlpException {
    StringBuilder tags = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      tags.append("'k").append(i % 100).append("':'v").append(i).append("',");
    }

    assertThat(translate(shop("'tags':{" + tags + "'k99':'last'}"), ZipkinOptions.DEFAULT))
        .contains("{k0='v100', k1='v101',")
        .contains("k99='last'}");
  }

  static String translate(String json, ZipkinOptions options) throws MalformedOtlpException {
    byte[] bytes = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return OtlpText.of(ZipkinV2Json.translate(bytes, options));
  }

  private static String shop(String fields) {
    return "[" + shopSpan(fields) + "]";
  }

  private static String shopSpan(String fields) {
    return "{'traceId':'1','id':'2','timestamp':3,'localEndpoint':{'serviceName':'shop'}"
        + (fields.isEmpty() ? "" : "," + fields)
        + "}";
  }

  private static Arguments row(String what, String fields, String expected) {
    return Arguments.of(what, fields, expected);
  }

  private static Arguments tags(String what, String tags, String expected) {
    return row(what, "'tags':{" + tags + "}", expected);
  }
}
