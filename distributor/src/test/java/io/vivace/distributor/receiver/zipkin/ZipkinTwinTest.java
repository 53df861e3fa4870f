package io.vivace.distributor.receiver.zipkin;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import io.vivace.distributor.receiver.OtlpText;
import io.vivace.wire.otlp.MalformedOtlpException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import zipkin2.Span;
import zipkin2.codec.SpanBytesEncoder;

/// Spans of Zipkin's own library, in its own encodings, against translators that are slow.
class ZipkinTwinTest {
  private static final int REQUESTS = 2_000;
  private final long seed = System.nanoTime();
  private final RandomSpans spans = new RandomSpans(new SplittableRandom(seed));

  @Test
  void translatesV2AsTheSlowTwinDoes() throws MalformedOtlpException {
    for (int i = 0; i < REQUESTS; i++) {
      List<Span> request = spans.next();
      String slow = OtlpText.of(SlowV2Translation.translate(request));

      byte[] json = SpanBytesEncoder.JSON_V2.encodeList(request);
      assertThat(OtlpText.of(ZipkinV2Json.translate(json, ZipkinOptions.DEFAULT)))
          .as("seed %d", seed)
          .isEqualTo(slow);
      byte[] proto = SpanBytesEncoder.PROTO3.encodeList(request);
      assertThat(OtlpText.of(ZipkinV2Proto.translate(proto, ZipkinOptions.DEFAULT)))
          .as("seed %d", seed)
          .isEqualTo(slow);
    }
  }

  @Test
  void translatesV1AsTheSlowTwinDoes() throws MalformedOtlpException {
    for (int i = 0; i < REQUESTS; i++) {
      byte[] json = SpanBytesEncoder.JSON_V1.encodeList(spans.next());

      assertThat(resources(ZipkinV1Json.translate(json, ZipkinOptions.DEFAULT, () -> 0)))
          .as("seed %d: %s", seed, new String(json, StandardCharsets.UTF_8))
          .isEqualTo(resources(SlowV1Translation.translate(json)));
    }
  }

  /// The resources with their spans, in an order of their own: that of a request says nothing.
  private static List<String> resources(byte[] otlp) {
    return Splitter.on("resource {").splitToStream(OtlpText.of(otlp)).sorted().toList();
  }

  /// The two encodings of version 1 carry the same spans, but for the other side of an address
  /// annotation, which Thrift keeps only when asked to.
  @Test
  void translatesV1AlikeFromJsonAndThrift() throws MalformedOtlpException {
    for (int i = 0; i < REQUESTS; i++) {
      List<Span> request = spans.next();
      byte[] json = SpanBytesEncoder.JSON_V1.encodeList(request);
      byte[] thrift = SpanBytesEncoder.THRIFT.encodeList(request);

      assertThat(OtlpText.of(ZipkinV1Thrift.translate(thrift, true)))
          .as("seed %d", seed)
          .isEqualTo(
              OtlpText.of(ZipkinV1Json.translate(json, ZipkinOptions.DEFAULT, () -> 0))
                  .replace("otel.zipkin.absentField.startTime=true, ", "")
                  .replace(" {otel.zipkin.absentField.startTime=true}", ""));
    }
  }
}
