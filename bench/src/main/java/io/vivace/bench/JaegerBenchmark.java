package io.vivace.bench;

import io.vivace.distributor.receiver.jaeger.JaegerProto;
import io.vivace.distributor.receiver.jaeger.JaegerThrift;
import io.vivace.wire.otlp.MalformedOtlpException;
import java.util.concurrent.TimeUnit;
import org.apache.thrift.TException;
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

/// What it costs to translate a span of Jaeger to OTLP. `-prof gc` shows bytes per span.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(JaegerBenchmark.SPANS)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class JaegerBenchmark {
  static final int SPANS = 500;

  private byte[] protobuf = {};
  private byte[] binary = {};
  private byte[] compact = {};

  /// One batch in three formats.
  @Setup
  public void make() throws TException, MalformedOtlpException {
    JaegerBatches batches = new JaegerBatches(SPANS);
    protobuf = batches.protobuf();
    binary = batches.binary();
    compact = batches.compact();
    System.out.printf(
        "bytes per span: protobuf %d, binary %d, compact %d, OTLP %d%n",
        protobuf.length / SPANS,
        binary.length / SPANS,
        compact.length / SPANS,
        protobuf().length / SPANS);
  }

  /// From `PostSpansRequest`.
  @Benchmark
  public byte[] protobuf() throws MalformedOtlpException {
    return JaegerProto.translate(protobuf);
  }

  /// From Thrift's binary protocol.
  @Benchmark
  public byte[] thriftBinary() throws MalformedOtlpException {
    return JaegerThrift.translateBinary(binary);
  }

  /// From Thrift's compact protocol.
  @Benchmark
  public byte[] thriftCompact() throws MalformedOtlpException {
    return JaegerThrift.translateCompact(compact);
  }
}
