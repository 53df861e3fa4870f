package io.vivace.distributor.receiver.jaeger;

import static io.vivace.distributor.receiver.jaeger.Sample.batch;
import static io.vivace.distributor.receiver.jaeger.Sample.span;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vivace.wire.otlp.MalformedOtlpException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.apache.thrift.protocol.TField;
import org.apache.thrift.protocol.TList;
import org.apache.thrift.protocol.TProtocol;
import org.apache.thrift.protocol.TType;
import org.apache.thrift.transport.TMemoryBuffer;
import org.junit.jupiter.api.Test;

class JaegerThriftTest {
  private static final HexFormat HEX = HexFormat.of();

  @Test
  void takesShortTraceIdsAsTheLowHalf() throws Exception {
    byte[] otlp = translate(batch(span().withId(0, 0x0a0b, 5)));
    assertThat(OtlpText.lines(otlp).getFirst())
        .contains("00000000000000000000000000000a0b/0000000000000005");
  }

  @Test
  void countsTimesInMicroseconds() throws Exception {
    assertThat(OtlpText.lines(translate(batch(span()))).getFirst())
        .contains("1700000000000000000-1700000000000250000");
  }

  @Test
  void storesNothingForABatchWithoutSpans() throws Exception {
    assertThat(translate(batch())).isEmpty();
  }

  @Test
  void leavesOutBlankSpans() throws Exception {
    Sample.Span blank =
        new Sample.Span(0, 0, 0, 0, "", List.of(), 0, 0, List.of(), List.of(), null);
    assertThat(translate(batch(blank))).isEmpty();
  }

  @Test
  void saysThatATypeIsUnknown() throws Exception {
    byte[] body =
        ThriftEncoder.binary(ThriftEncoder.batch(batch(span().with(Sample.tag("k", 1L)))));
    // the type of the tag: field 2, an i32, LONG
    String sent = HEX.formatHex(body);
    String unknown = sent.replace("08000200000003", "08000200000063");
    assertThat(unknown).isNotEqualTo(sent);
    assertThat(OtlpText.lines(JaegerThrift.translateBinary(HEX.parseHex(unknown))).getFirst())
        .endsWith("op {k=\"<Unknown Jaeger TagType \"<UNSET>\">\"}");
  }

  @Test
  void findsTheProcessOfABatchAfterItsSpans() throws Exception {
    TMemoryBuffer buffer = new TMemoryBuffer(512);
    TProtocol out = new TBinaryProtocol(buffer);
    out.writeFieldBegin(new TField("spans", TType.LIST, (short) 2));
    out.writeListBegin(new TList(TType.STRUCT, 1));
    ThriftEncoder.span(span()).write(out);
    out.writeFieldBegin(new TField("process", TType.STRUCT, (short) 1));
    ThriftEncoder.process(Sample.process("svc")).write(out);
    out.writeFieldStop();
    byte[] body = Arrays.copyOf(buffer.getArray(), buffer.length());
    assertThat(OtlpText.resource(JaegerThrift.translateBinary(body)))
        .isEqualTo("{service.name=\"svc\"}");
  }

  @Test
  void refusesABatchWithoutItsRequiredFields() {
    assertThatThrownBy(() -> JaegerThrift.translateBinary(new byte[] {0}))
        .isInstanceOf(MalformedOtlpException.class)
        .hasMessage("thrift: Batch: field 1 is missing (expected: all required fields)");
  }

  @Test
  void refusesMoreThanTheMessageHolds() {
    // a list of 2^31 - 1 spans, a process name of 2^31 - 1 bytes
    assertThatThrownBy(() -> JaegerThrift.translateBinary(HEX.parseHex("0f00020c7fffffff00")))
        .isInstanceOf(MalformedOtlpException.class);
    assertThatThrownBy(() -> JaegerThrift.translateBinary(HEX.parseHex("0c00010b00017fffffff")))
        .isInstanceOf(MalformedOtlpException.class);
  }

  @Test
  void refusesUnknownFieldsThatAreNestedTooDeep() {
    byte[] body = HEX.parseHex("0c0063".repeat(10_000));
    assertThatThrownBy(() -> JaegerThrift.translateBinary(body))
        .isInstanceOf(MalformedOtlpException.class)
        .hasMessageContaining("depth");
  }

  private static byte[] translate(Sample.Batch batch) throws Exception {
    return JaegerThrift.translateBinary(ThriftEncoder.binary(ThriftEncoder.batch(batch)));
  }
}
