package io.vivace.distributor.receiver.jaeger;

import java.util.Arrays;

/// The kinds that the tag `span.kind` can name.
enum SpanKind {
  UNSPECIFIED(0, ""),
  INTERNAL(1, "internal"),
  SERVER(2, "server"),
  CLIENT(3, "client"),
  PRODUCER(4, "producer"),
  CONSUMER(5, "consumer");

  private static final SpanKind[] KINDS = values();
  private static final byte[][] NAMES =
      Arrays.stream(KINDS).map(kind -> Texts.of(kind.name)).toArray(byte[][]::new);

  private final int number;
  private final String name;

  SpanKind(int number, String name) {
    this.number = number;
    this.name = name;
  }

  /// Number in OTLP.
  int number() {
    return number;
  }

  /// The kind with exactly this name, [#UNSPECIFIED] when there is none.
  static SpanKind of(Slice name) {
    for (int i = 0; i < NAMES.length; i++) {
      if (name.is(NAMES[i])) {
        return KINDS[i];
      }
    }
    return UNSPECIFIED;
  }
}
