package io.vivace.bench;

import io.vivace.distributor.receiver.opencensus.OpenCensusStream;
import io.vivace.distributor.receiver.zipkin.ZipkinOptions;
import io.vivace.distributor.receiver.zipkin.ZipkinV1Json;
import io.vivace.distributor.receiver.zipkin.ZipkinV1Thrift;
import io.vivace.distributor.receiver.zipkin.ZipkinV2Json;
import io.vivace.distributor.receiver.zipkin.ZipkinV2Proto;
import io.vivace.wire.otlp.MalformedOtlpException;
import java.util.List;
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
    List<Span> spans = ZipkinBatches.zipkin(0, SPANS);
    v1Json = SpanBytesEncoder.JSON_V1.encodeList(spans);
    v1Thrift = SpanBytesEncoder.THRIFT.encodeList(spans);
    v2Json = SpanBytesEncoder.JSON_V2.encodeList(spans);
    v2Proto = SpanBytesEncoder.PROTO3.encodeList(spans);
    openCensus = ZipkinBatches.openCensus(0, SPANS);
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
