package io.vivace.distributor.receiver.zipkin;

import io.vivace.distributor.receiver.DamagedPayloads;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import zipkin2.codec.SpanBytesEncoder;

class ZipkinFuzzTest {
  private static final ZipkinOptions ALL = new ZipkinOptions(true, true);

  @Test
  void takesOrRefusesDamagedV2Json() {
    List<byte[]> samples = samples(SpanBytesEncoder.JSON_V2);
    new DamagedPayloads()
        .check(samples, json -> ZipkinV2Json.translate(json, ZipkinOptions.DEFAULT));
    new DamagedPayloads().check(samples, json -> ZipkinV2Json.translate(json, ALL));
  }

  @Test
  void takesOrRefusesDamagedV2Protobuf() {
    List<byte[]> samples = samples(SpanBytesEncoder.PROTO3);
    new DamagedPayloads()
        .check(samples, proto -> ZipkinV2Proto.translate(proto, ZipkinOptions.DEFAULT));
    new DamagedPayloads().check(samples, proto -> ZipkinV2Proto.translate(proto, ALL));
  }

  @Test
  void takesOrRefusesDamagedV1Json() {
    List<byte[]> samples = samples(SpanBytesEncoder.JSON_V1);
    new DamagedPayloads()
        .check(samples, json -> ZipkinV1Json.translate(json, ZipkinOptions.DEFAULT, () -> 1));
    new DamagedPayloads().check(samples, json -> ZipkinV1Json.translate(json, ALL, () -> 1));
  }

  @Test
  void takesOrRefusesDamagedV1Thrift() {
    List<byte[]> samples = samples(SpanBytesEncoder.THRIFT);
    new DamagedPayloads().check(samples, thrift -> ZipkinV1Thrift.translate(thrift, false));
    new DamagedPayloads().check(samples, thrift -> ZipkinV1Thrift.translate(thrift, true));
  }

  private static List<byte[]> samples(SpanBytesEncoder encoder) {
    RandomSpans spans = new RandomSpans(new SplittableRandom(7));
    List<byte[]> samples = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      samples.add(encoder.encodeList(spans.next()));
    }
    return samples;
  }
}
