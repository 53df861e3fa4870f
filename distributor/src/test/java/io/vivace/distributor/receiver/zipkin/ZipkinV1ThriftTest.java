package io.vivace.distributor.receiver.zipkin;

import static io.vivace.distributor.receiver.zipkin.ThriftSpans.body;
import static io.vivace.distributor.receiver.zipkin.ThriftSpans.bool;
import static io.vivace.distributor.receiver.zipkin.ThriftSpans.bytes;
import static io.vivace.distributor.receiver.zipkin.ThriftSpans.i16;
import static io.vivace.distributor.receiver.zipkin.ThriftSpans.i32;
import static io.vivace.distributor.receiver.zipkin.ThriftSpans.i64;
import static io.vivace.distributor.receiver.zipkin.ThriftSpans.inside;
import static io.vivace.distributor.receiver.zipkin.ThriftSpans.list;
import static io.vivace.distributor.receiver.zipkin.ThriftSpans.struct;
import static io.vivace.distributor.receiver.zipkin.ThriftSpans.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vivace.distributor.receiver.OtlpText;
import io.vivace.distributor.receiver.zipkin.ThriftSpans.Part;
import io.vivace.wire.otlp.MalformedOtlpException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ZipkinV1ThriftTest {
  private static final String IDS = "span 00000000000000000000000000000001 0000000000000002";
  private static final String UNKNOWN = "resource {service.name='unknown-service'}\n";
  private static final Part HOST = inside(3, i32(1, 0x0a020001), i16(2, 8080), text(3, "shop"));

  /// One span: its fields beside the ids, and what is printed behind the ids.
  static Stream<Arguments> spans() {
    return Stream.of(
        row("ids alone", "time=0-0", i64(12, 0)),
        row("parent", "parent=0000000000000009 time=0-0", i64(5, 9)),
        row("name", "name=get time=0-0", text(3, "get")),
        row("time", "time=5000-12000", i64(10, 5), i64(11, 7)),
        row("time without duration", "time=5000-5000", i64(10, 5)),
        row("negative time", "time=0-0", i64(10, -5)),
        row(
            "times of annotations when the span has none",
            "time=3000-9000 event[9000 name=b] event[3000 name=a]",
            list(6, struct(i64(1, 9), text(2, "b")), struct(i64(1, 3), text(2, "a")))),
        row("debug and unknown fields are dropped", "time=0-0", bool(9, true), i32(77, 1)),
        value("bool", "true", 0, 1),
        value("bool of another byte", "false", 0, 2),
        value("bytes in base64", "'AQID'", 1, 1, 2, 3),
        value("i16", "300", 2, 1, 0x2c),
        value("i16, negative: taken for unsigned", "65535", 2, 0xff, 0xff),
        value("i32", "70000", 3, 0, 1, 0x11, 0x70),
        value("i32, negative: taken for unsigned", "4294967295", 3, 0xff, 0xff, 0xff, 0xff),
        value("i64", "-1", 4, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff),
        value("double", "0.25d", 5, 0x3f, 0xd0, 0, 0, 0, 0, 0, 0),
        value("string", "'hi'", 6, 'h', 'i'),
        value("too short", "'<not enough bytes representing the number>'", 4, 1),
        value("unknown type", "'<unknown zipkin v1 binary annotation type (9)>'", 9, 1),
        row(
            "the last of equal keys",
            "time=0-0 {k='b', x='y'}",
            tags("k", "a", "x", "y", "k", "b")),
        row("sa is an attribute", "time=0-0 {sa=true}", list(8, address("sa", i64(99, 0)))),
        row(
            "census.status_code 0",
            "time=0-0 status=OK message=m",
            tags("census.status_code", "0", "census.status_description", "m")),
        row(
            "census.status_code before all others",
            "time=0-0 status=ERROR message=oc",
            tags(
                "census.status_code",
                "5",
                "otel.status_code",
                "1",
                "opencensus.status_description",
                "oc",
                "otel.status_description",
                "otel")),
        row(
            "otel.status_code",
            "time=0-0 status=ERROR message=m",
            tags("otel.status_code", "2", "otel.status_description", "m")),
        row("otel.status_code that is no number", "time=0-0", tags("otel.status_code", "ERROR")),
        row(
            "error",
            "time=0-0 status=ERROR message=m",
            tags("error", "boom", "otel.status_description", "m")),
        row(
            "http.status_code",
            "time=0-0 {http.status_code='404', http.status_message='nope'} status=ERROR"
                + " message=nope",
            tags("http.status_code", "404", "http.status_message", "nope")),
        row(
            "http.status_code 200",
            "time=0-0 {http.status_code='200'}",
            tags("http.status_code", "200")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void spans(String what, String expected, Part[] fields) throws MalformedOtlpException {
    assertThat(translate(fields)).isEqualTo(UNKNOWN + IDS + " " + expected + "\n");
  }

  /// How a span is told its service, endpoint and kind.
  static Stream<Arguments> services() {
    String shop = "resource {service.name='shop', ipv4='10.2.0.1', port='8080'}\n";
    return Stream.of(
        kind("cs", "CLIENT"),
        kind("cr", "CLIENT"),
        kind("ss", "SERVER"),
        kind("sr", "SERVER"),
        kind("ms", "PRODUCER"),
        kind("mr", "CONSUMER"),
        Arguments.of(
            "the first core annotation decides",
            shop + IDS + " kind=SERVER time=1000-2000\n",
            new Part[] {
              list(
                  6,
                  struct(i64(1, 1), text(2, "sr"), HOST),
                  struct(i64(1, 2), text(2, "cs"), inside(3, text(3, "other"))))
            }),
        Arguments.of(
            "ipv6",
            "resource {service.name='a', ipv6='2001:db8::1'}\n" + IDS + " kind=SERVER time=0-0\n",
            new Part[] {
              list(
                  6,
                  struct(
                      text(2, "sr"),
                      inside(
                          3,
                          text(3, "a"),
                          bytes(4, 0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1))))
            }),
        Arguments.of(
            "host of an annotation that is not core",
            UNKNOWN + IDS + " time=1000-1000 event[1000 name=note]\n",
            new Part[] {list(6, struct(i64(1, 1), text(2, "note"), HOST))}),
        Arguments.of(
            "host of a binary annotation",
            "resource {service.name='shop'}\n" + IDS + " time=0-0 {k='v'}\n",
            new Part[] {list(8, tag("k", "v", inside(4, i32(1, 1), text(3, "shop"))))}),
        Arguments.of(
            "local component",
            "resource {service.name='spring'}\n" + IDS + " time=0-0 {component='spring'}\n",
            new Part[] {list(8, tag("lc", "spring"))}));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void services(String what, String expected, Part[] fields) throws MalformedOtlpException {
    assertThat(translate(fields)).isEqualTo(expected);
  }

  @Test
  void keepsTheOtherSideOfAnAddressAnnotationWhenLossless() throws MalformedOtlpException {
    Part host = inside(4, i32(1, 0x01020304), i16(2, 99), text(3, "db"));
    byte[] body = body(struct(i64(1, 1), i64(4, 2), list(8, address("sa", host))));

    assertThat(OtlpText.of(ZipkinV1Thrift.translate(body, true)))
        .isEqualTo(
            UNKNOWN
                + IDS
                + " time=0-0 {sa=true, peer.service='db', net.peer.ip='1.2.3.4',"
                + " net.peer.port=99}\n");
  }

  @Test
  void refusesWhatIsNoList() {
    assertThatThrownBy(() -> ZipkinV1Thrift.translate(new byte[] {12, 0, 0}, false))
        .isInstanceOf(MalformedOtlpException.class)
        .hasMessageStartingWith("thrift: ");
  }

  @Test
  void refusesMoreElementsThanThereAreBytes() {
    byte[] body = {12, 0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff};

    assertThatThrownBy(() -> ZipkinV1Thrift.translate(body, false))
        .isInstanceOf(MalformedOtlpException.class);
  }

  private static String translate(Part... fields) throws MalformedOtlpException {
    Part[] all = new Part[fields.length + 2];
    all[0] = i64(1, 1);
    all[1] = i64(4, 2);
    System.arraycopy(fields, 0, all, 2, fields.length);
    return OtlpText.of(ZipkinV1Thrift.translate(body(struct(all)), false));
  }

  private static Arguments row(String what, String expected, Part... fields) {
    return Arguments.of(what, expected, fields);
  }

  private static Arguments value(String what, String expected, int type, int... bytes) {
    Part tag = struct(text(1, "k"), bytes(2, bytes), i32(3, type));
    return row(what, "time=0-0 {k=" + expected + "}", list(8, tag));
  }

  private static Arguments kind(String core, String kind) {
    return Arguments.of(
        core,
        "resource {service.name='shop', ipv4='10.2.0.1', port='8080'}\n"
            + IDS
            + " kind="
            + kind
            + " time=1000-1000\n",
        new Part[] {list(6, struct(i64(1, 1), text(2, core), HOST))});
  }

  private static Part tag(String key, String value, Part... more) {
    Part[] fields = new Part[more.length + 3];
    fields[0] = text(1, key);
    fields[1] = text(2, value);
    fields[2] = i32(3, 6);
    System.arraycopy(more, 0, fields, 3, more.length);
    return struct(fields);
  }

  private static Part tags(String... keysAndValues) {
    Part[] tags = new Part[keysAndValues.length / 2];
    for (int i = 0; i < tags.length; i++) {
      tags[i] = tag(keysAndValues[2 * i], keysAndValues[2 * i + 1]);
    }
    return list(8, tags);
  }

  private static Part address(String key, Part host) {
    return struct(text(1, key), bytes(2, 1), i32(3, 0), host);
  }
}
