package io.vivace.distributor.receiver.jaeger;

import static io.vivace.distributor.receiver.jaeger.Sample.batch;
import static io.vivace.distributor.receiver.jaeger.Sample.process;
import static io.vivace.distributor.receiver.jaeger.Sample.span;
import static io.vivace.distributor.receiver.jaeger.Sample.tag;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The table of the translation of processes, one row a case.
class ProcessTranslationTableTest {
  record Row(String rule, Sample.Sender sent, String stored) {
    @Override
    public String toString() {
      return rule;
    }
  }

  static Stream<Row> rows() {
    return Stream.of(
        new Row("name", process("svc"), "{service.name=\"svc\"}"),
        new Row("no name", process("", tag("a", 1L)), "{a=1L}"),
        new Row("nothing", process(""), "{}"),
        new Row(
            "a tag beats the name", process("s", tag("service.name", "t")), "{service.name=\"t\"}"),
        new Row("host", process("", tag("hostname", "h")), "{host.name=\"h\"}"),
        new Row("host that is no text", process("", tag("hostname", 1L)), "{host.name=1L}"),
        new Row(
            "host beside host.name",
            process("", tag("hostname", "h"), tag("host.name", "g")),
            "{host.name=\"g\" hostname=\"h\"}"),
        new Row(
            "version",
            process("", tag("jaeger.version", "Go-1")),
            "{opencensus.exporterversion=\"Jaeger-Go-1\"}"),
        new Row(
            "version beside exporter version",
            process("", tag("jaeger.version", "v"), tag("opencensus.exporterversion", "e")),
            "{jaeger.version=\"v\" opencensus.exporterversion=\"e\"}"),
        new Row(
            "types",
            process("", tag("s", "x"), tag("b", true), tag("d", 0.5), tag("r", new byte[] {7})),
            "{b=true d=0.5 r=0x07 s=\"x\"}"),
        new Row("a later tag wins", process("", tag("a", 1L), tag("a", "z")), "{a=\"z\"}"));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void storesWhatTheTableSays(Row row) throws Exception {
    Sample.Batch batch = batch(row.sent(), span());
    assertThat(OtlpText.resource(JaegerProto.translate(ProtoEncoder.request(batch))))
        .isEqualTo(row.stored());
    byte[] thrift = ThriftEncoder.binary(ThriftEncoder.batch(batch));
    assertThat(OtlpText.resource(JaegerThrift.translateBinary(thrift))).isEqualTo(row.stored());
  }
}
