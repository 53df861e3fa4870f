package io.vivace.distributor.receiver.zipkin;

import io.vivace.wire.otlp.MalformedOtlpException;

/// Zipkin's lists of spans as OTLP requests, for receivers without HTTP. All as Tempo stores them.
public final class ZipkinMessages {
  private ZipkinMessages() {}

  /// Spans in JSON of version 2.
  public static byte[] fromJson(byte[] message) throws MalformedOtlpException {
    return ZipkinV2Json.translate(message, ZipkinOptions.DEFAULT);
  }

  /// Spans in protobuf, `zipkin.proto3.ListOfSpans`.
  public static byte[] fromProtobuf(byte[] message) throws MalformedOtlpException {
    return ZipkinV2Proto.translate(message, ZipkinOptions.DEFAULT);
  }

  /// Spans of version 1 in Thrift's binary protocol.
  public static byte[] fromThrift(byte[] message) throws MalformedOtlpException {
    return ZipkinV1Thrift.translate(message, ZipkinOptions.DEFAULT.lossless());
  }
}
