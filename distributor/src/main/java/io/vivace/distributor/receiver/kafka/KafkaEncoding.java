package io.vivace.distributor.receiver.kafka;

import io.vivace.distributor.receiver.jaeger.JaegerProto;
import io.vivace.distributor.receiver.zipkin.ZipkinMessages;
import io.vivace.wire.otlp.MalformedOtlpException;
import io.vivace.wire.otlp.OtlpJson;
import io.vivace.wire.otlp.OtlpWriter;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// How the spans of a message are encoded, by the collector's names.
enum KafkaEncoding {
  OTLP_PROTO,
  OTLP_JSON,
  /// One span with its process.
  JAEGER_PROTO,
  /// One span with its process.
  JAEGER_JSON,
  ZIPKIN_PROTO,
  ZIPKIN_JSON,
  ZIPKIN_THRIFT;

  /// The encoding with `name`.
  static KafkaEncoding of(String key, String name) {
    for (KafkaEncoding encoding : values()) {
      if (encoding.label().equals(name)) {
        return encoding;
      }
    }
    String known =
        Arrays.stream(values()).map(KafkaEncoding::label).collect(Collectors.joining(", "));
    throw new IllegalArgumentException(key + ": " + name + " (expected: one of " + known + ")");
  }

  private String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// A span alone, as the only one of a `PostSpansRequest`.
  private static byte[] jaegerSpan(byte[] span) throws MalformedOtlpException {
    OtlpWriter request = new OtlpWriter(span.length + 16);
    int batch = request.begin(1);
    request.bytes(1, span, 0, span.length);
    request.end(batch);
    return JaegerProto.translate(request.toByteArray());
  }

  /// The OTLP request of a message.
  byte[] toOtlp(byte[] message) throws MalformedOtlpException {
    return switch (this) {
      case OTLP_PROTO -> message;
      case OTLP_JSON -> OtlpJson.toProtobuf(message);
      case JAEGER_PROTO -> jaegerSpan(message);
      case JAEGER_JSON -> jaegerSpan(JaegerJson.toProtobuf(message));
      case ZIPKIN_PROTO -> ZipkinMessages.fromProtobuf(message);
      case ZIPKIN_JSON -> ZipkinMessages.fromJson(message);
      case ZIPKIN_THRIFT -> ZipkinMessages.fromThrift(message);
    };
  }
}
