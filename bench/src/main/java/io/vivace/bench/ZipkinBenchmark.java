package io.vivace.bench;

import com.google.protobuf.ByteString;
import io.vivace.distributor.receiver.opencensus.OpenCensusStream;
import io.vivace.distributor.receiver.opencensus.proto.AttributeValue;
import io.vivace.distributor.receiver.opencensus.proto.ExportTraceServiceRequest;
import io.vivace.distributor.receiver.opencensus.proto.TruncatableString;
import io.vivace.distributor.receiver.zipkin.ZipkinOptions;
import io.vivace.distributor.receiver.zipkin.ZipkinV1Json;
import io.vivace.distributor.receiver.zipkin.ZipkinV1Thrift;
import io.vivace.distributor.receiver.zipkin.ZipkinV2Json;
import io.vivace.distributor.receiver.zipkin.ZipkinV2Proto;
import io.vivace.wire.otlp.MalformedOtlpException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import zipkin2.Endpoint;
import zipkin2.Span;
import zipkin2.codec.SpanBytesDecoder;
import zipkin2.codec.SpanBytesEncoder;

/// Translates one request of Zipkin or OpenCensus to OTLP, nanoseconds a span; `-prof gc` tells
/// bytes a span. Decoding into the objects of Zipkin's own library is there for comparison.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(ZipkinBenchmark.SPANS)
@Fork(1)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
public class ZipkinBenchmark {
  static final int SPANS = 512;

  private byte[] v1Json = {};
  private byte[] v1Thrift = {};
  private byte[] v2Json = {};
  private byte[] v2Proto = {};
  private byte[] openCensus = {};

  /// The same spans in every encoding: six tags, an annotation, two endpoints.
  @Setup
  public void make() {
    SplittableRandom random = new SplittableRandom(1);
    List<Span> spans = new ArrayList<>();
    ExportTraceServiceRequest.Builder message = ExportTraceServiceRequest.newBuilder();
    message.getNodeBuilder().getServiceInfoBuilder().setName("shop");
    for (int i = 0; i < SPANS; i++) {
      long trace = random.nextLong() | 1;
      long id = random.nextLong() | 1;
      spans.add(zipkin(trace, id, i));
      message.addSpans(openCensus(trace, id, i));
    }
    v1Json = SpanBytesEncoder.JSON_V1.encodeList(spans);
    v1Thrift = SpanBytesEncoder.THRIFT.encodeList(spans);
    v2Json = SpanBytesEncoder.JSON_V2.encodeList(spans);
    v2Proto = SpanBytesEncoder.PROTO3.encodeList(spans);
    openCensus = message.build().toByteArray();
  }

  private static Span zipkin(long trace, long id, int number) {
    Span.Builder span =
        Span.newBuilder()
            .traceId(trace, trace)
            .id(id)
            .parentId(trace)
            .name("get /cart")
            .kind(Span.Kind.CLIENT)
            .timestamp(1_760_000_000_000_000L + number)
            .duration(1500)
            .localEndpoint(Endpoint.newBuilder().serviceName("shop").ip("10.1.2.3").build())
            .remoteEndpoint(
                Endpoint.newBuilder().serviceName("bank").ip("10.3.2.1").port(443).build())
            .addAnnotation(1_760_000_000_000_100L, "retry");
    for (int tag = 0; tag < 6; tag++) {
      span.putTag("http.tag" + tag, "value " + number);
    }
    return span.build();
  }

  private static io.vivace.distributor.receiver.opencensus.proto.Span openCensus(
      long trace, long id, int number) {
    io.vivace.distributor.receiver.opencensus.proto.Span.Builder span =
        io.vivace.distributor.receiver.opencensus.proto.Span.newBuilder()
            .setTraceId(bytes(16, trace))
            .setSpanId(bytes(8, id))
            .setParentSpanId(bytes(8, trace))
            .setName(text("get /cart"))
            .setKind(io.vivace.distributor.receiver.opencensus.proto.Span.SpanKind.CLIENT);
    span.getStartTimeBuilder().setSeconds(1_760_000_000).setNanos(number);
    span.getEndTimeBuilder().setSeconds(1_760_000_001).setNanos(number);
    for (int tag = 0; tag < 6; tag++) {
      span.getAttributesBuilder()
          .putAttributeMap(
              "http.tag" + tag,
              AttributeValue.newBuilder().setStringValue(text("value " + number)).build());
    }
    return span.build();
  }

  private static TruncatableString text(String text) {
    return TruncatableString.newBuilder().setValue(text).build();
  }

  private static ByteString bytes(int length, long value) {
    ByteBuffer bytes = ByteBuffer.allocate(length).putLong(value);
    return ByteString.copyFrom(bytes.array());
  }

  /// Version 1 in JSON.
  @Benchmark
  public byte[] v1Json() throws MalformedOtlpException {
    return ZipkinV1Json.translate(v1Json, ZipkinOptions.DEFAULT, () -> 1);
  }

  /// Version 1 in Thrift.
  @Benchmark
  public byte[] v1Thrift() throws MalformedOtlpException {
    return ZipkinV1Thrift.translate(v1Thrift, false);
  }

  /// Version 2 in JSON.
  @Benchmark
  public byte[] v2Json() throws MalformedOtlpException {
    return ZipkinV2Json.translate(v2Json, ZipkinOptions.DEFAULT);
  }

  /// Version 2 in protobuf.
  @Benchmark
  public byte[] v2Proto() throws MalformedOtlpException {
    return ZipkinV2Proto.translate(v2Proto, ZipkinOptions.DEFAULT);
  }

  /// OpenCensus in protobuf.
  @Benchmark
  public byte[] openCensus() throws MalformedOtlpException {
    return new OpenCensusStream().translate(openCensus);
  }

  /// Only decodes version 2 in JSON, into the objects of Zipkin's library.
  @Benchmark
  public List<Span> decodeV2JsonIntoObjects() {
    return SpanBytesDecoder.JSON_V2.decodeList(v2Json);
  }

  /// Only decodes version 2 in protobuf, into the objects of Zipkin's library.
  @Benchmark
  public List<Span> decodeV2ProtoIntoObjects() {
    return SpanBytesDecoder.PROTO3.decodeList(v2Proto);
  }
}
