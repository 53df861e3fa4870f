package io.vivace.distributor.receiver.jaeger;

import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.vivace.distributor.PushException;
import io.vivace.distributor.receiver.DecodeFailure;
import io.vivace.distributor.receiver.GrpcBody;
import io.vivace.distributor.receiver.GrpcErrors;
import io.vivace.distributor.receiver.GrpcUnary;
import io.vivace.distributor.receiver.TracesConsumer;
import io.vivace.wire.otlp.MalformedOtlpException;
import java.util.List;

/// Jaeger over gRPC: the collector's service (jaeger-idl, `proto/api_v2/collector.proto`).
final class JaegerGrpcService {
  private static final String SERVICE = "jaeger.api_v2.CollectorService";
  private static final byte[] EMPTY_RESPONSE = {};

  private final TracesConsumer consumer;
  private final int maxMessageBytes;

  /// A service in front of `consumer`.
  ///
  /// @param maxMessageBytes largest message after decompression
  JaegerGrpcService(TracesConsumer consumer, int maxMessageBytes) {
    this.consumer = consumer;
    this.maxMessageBytes = maxMessageBytes;
  }

  /// What a server has to be given.
  ServerServiceDefinition definition() {
    ServerMethodDefinition<GrpcBody, byte[]> postSpans =
        GrpcUnary.method(SERVICE + "/PostSpans", maxMessageBytes, this::postSpans);
    return ServerServiceDefinition.builder(SERVICE).addMethod(postSpans).build();
  }

  private byte[] postSpans(GrpcBody body, List<String> tenants) {
    try {
      consumer.consume(tenants, JaegerProto.translate(body.bytesOrThrow(consumer)));
      return EMPTY_RESPONSE;
    } catch (MalformedOtlpException e) {
      consumer.decodeFailed(DecodeFailure.MALFORMED);
      throw GrpcErrors.malformed(e);
    } catch (PushException e) {
      throw GrpcErrors.of(e);
    }
  }
}
