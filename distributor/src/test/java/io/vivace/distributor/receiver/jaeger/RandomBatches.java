package io.vivace.distributor.receiver.jaeger;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// Random batches in which every rule of the translation meets every other.
final class RandomBatches {
  private static final List<String> KEYS =
      List.of(
          "a",
          "b",
          "ü",
          "",
          "span.kind",
          "error",
          "otel.status_code",
          "otel.status_description",
          "http.status_code",
          "http.status_message",
          "w3c.tracestate",
          "otel.scope.name",
          "otel.scope.version",
          "hostname",
          "host.name",
          "jaeger.version",
          "opencensus.exporterversion",
          "service.name",
          "event");
  private static final List<Object> VALUES =
      List.of(
          "",
          "x",
          "äöü",
          "client",
          "server",
          "internal",
          "ok",
          "ERROR",
          "200",
          "404",
          "503",
          "-1",
          "+200",
          "4x4",
          true,
          false,
          0L,
          200L,
          399L,
          404L,
          500L,
          -7L,
          0.5,
          -0.25,
          new byte[] {1, (byte) 0xff});

  private final RandomGenerator random;
  private final boolean protobuf;

  RandomBatches(RandomGenerator random, boolean protobuf) {
    this.random = random;
    this.protobuf = protobuf;
  }

  Sample.Batch next() {
    return new Sample.Batch(
        process(), IntStream.range(0, random.nextInt(6)).mapToObj(i -> span()).toList());
  }

  private Sample.Sender process() {
    List<String> names = List.of("", "shop", "cart", "OTLPResourceNoServiceName");
    return new Sample.Sender(pick(names), tags(4));
  }

  private Sample.Span span() {
    return new Sample.Span(
        random.nextInt(3),
        random.nextLong(1, 4),
        random.nextLong(1, 5),
        protobuf || random.nextBoolean() ? 0 : random.nextLong(1, 5),
        pick(List.of("", "op", "ö")),
        IntStream.range(0, random.nextInt(3)).mapToObj(i -> reference()).toList(),
        Sample.START_MICROS + random.nextInt(1_000_000_000),
        random.nextInt(2_000_000_000),
        tags(random.nextInt(10) == 0 ? 200 : 6),
        IntStream.range(0, random.nextInt(3))
            .mapToObj(i -> new Sample.Log(Sample.START_MICROS + i, tags(3)))
            .toList(),
        protobuf && random.nextInt(3) == 0 ? process() : null);
  }

  private Sample.Reference reference() {
    return new Sample.Reference(
        random.nextBoolean(), random.nextInt(3), random.nextLong(0, 4), random.nextLong(0, 5));
  }

  private List<Sample.Tag> tags(int most) {
    return IntStream.range(0, random.nextInt(most + 1)).mapToObj(i -> tag(most)).toList();
  }

  private Sample.Tag tag(int most) {
    String key = random.nextBoolean() ? pick(KEYS) : "key" + random.nextInt(2 * most);
    boolean unknown = protobuf && random.nextInt(40) == 0;
    return new Sample.Tag(key, unknown ? Sample.Unknown.TYPE : pick(VALUES));
  }

  private <T> T pick(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }
}
