package io.vivace.distributor.receiver.zipkin;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import zipkin2.Endpoint;
import zipkin2.Span;

/// Makes spans with everything that the tables of translation have a row for.
final class RandomSpans {
  private static final List<String> KEYS =
      List.of(
          "a",
          "b",
          "c",
          "error",
          "span.kind",
          "otel.status_code",
          "otel.status_description",
          "w3c.tracestate",
          "host.name",
          "service.name",
          "os.type",
          "otel.library.name",
          "otel.library.version",
          "otlp.service.name.source",
          "otlp.link.0",
          "otlp.link.1");
  private static final List<String> VALUES =
      List.of("true", "false", "", "internal", "Ok", "STATUS_CODE_ERROR", "x", "ключ ✓");
  private static final List<String> TEXTS =
      List.of("plain", "two|parts", "n|{\"k\":\"v\",\"i\":2,\"f\":0.5,\"b\":true}|1", "ws", "✓");
  private static final String LINK =
      "000102030405060708090a0b0c0d0e0f|0001020304050607|a=b|{\"n\":1}|2";

  private final RandomGenerator random;

  RandomSpans(RandomGenerator random) {
    this.random = random;
  }

  List<Span> next() {
    List<Span> spans = new ArrayList<>();
    for (int i = random.nextInt(6); i >= 0; i--) {
      spans.add(span());
    }
    return spans;
  }

  private Span span() {
    Span.Builder span =
        Span.newBuilder()
            .traceId(random.nextBoolean() ? 0 : random.nextLong(), nonZero())
            .id(nonZero())
            .timestamp(random.nextInt(5) == 0 ? 0 : 1 + random.nextInt(1000))
            .duration(random.nextInt(100));
    if (random.nextBoolean()) {
      span.parentId(nonZero());
    }
    if (random.nextBoolean()) {
      span.name("name " + random.nextInt(3));
    }
    if (random.nextBoolean()) {
      span.kind(Span.Kind.values()[random.nextInt(4)]);
    }
    if (random.nextInt(4) > 0) {
      span.localEndpoint(endpoint());
    }
    if (random.nextBoolean()) {
      span.remoteEndpoint(endpoint());
    }
    for (int i = random.nextInt(5); i > 0; i--) {
      String key = pick(KEYS);
      boolean link = key.startsWith("otlp.link") && random.nextBoolean();
      span.putTag(key, link ? LINK : pick(VALUES));
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      span.addAnnotation(1 + random.nextInt(1000), pick(TEXTS));
    }
    return span.build();
  }

  private Endpoint endpoint() {
    Endpoint.Builder endpoint = Endpoint.newBuilder();
    if (random.nextInt(4) > 0) {
      endpoint.serviceName("service " + random.nextInt(3));
    }
    switch (random.nextInt(4)) {
      case 0 -> endpoint.parseIp("10.0.0." + random.nextInt(256));
      case 1 -> endpoint.parseIp("2001:db8::" + Integer.toHexString(1 + random.nextInt(99)));
      default -> {}
    }
    return endpoint.port(random.nextInt(3) * 40_000 / 2).build();
  }

  private long nonZero() {
    return random.nextLong() | 1;
  }

  private String pick(List<String> of) {
    return of.get(random.nextInt(of.size()));
  }
}
