package io.vivace.bench;

import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.vivace.wire.otlp.MalformedOtlpException;
import io.vivace.wire.otlp.OtlpBatch;
import io.vivace.wire.otlp.OtlpRegrouper;
import io.vivace.wire.otlp.OtlpScanner;
import io.vivace.wire.otlp.TraceSlice;
import io.vivace.wire.tempopb.Trace;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// What a distributor does with the bytes of one request, against parsing it with protobuf-java.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
public class WireScanBenchmark {
  private static final int TRACES = 50;

  private byte[] request = {};

  /// One request with the spans of several traces.
  @Setup
  public void make() {
    Trace.Builder all = Trace.newBuilder();
    for (Trace trace : new ShopTraces(1).traces(TRACES).values()) {
      for (ResourceSpans resource : trace.getResourceSpansList()) {
        all.addResourceSpans(resource);
      }
    }
    request = all.build().toByteArray();
    System.out.printf("%d bytes%n", request.length);
  }

  /// Validates and indexes.
  @Benchmark
  public OtlpBatch scan() throws MalformedOtlpException {
    return OtlpScanner.scan(request);
  }

  /// Validates, indexes and copies the spans of each trace together.
  @Benchmark
  public List<TraceSlice> scanAndRegroup() throws MalformedOtlpException {
    return OtlpRegrouper.regroup(OtlpScanner.scan(request), 42);
  }

  /// Parses into objects, for comparison.
  @Benchmark
  public Trace parse() throws InvalidProtocolBufferException {
    return Trace.parseFrom(request);
  }
}
