package io.vivace.distributor.receiver.otlp;

import com.google.protobuf.Descriptors.FileDescriptor;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.protobuf.ProtoFileDescriptorSupplier;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceProto;
import io.vivace.distributor.PushException;
import io.vivace.distributor.receiver.DecodeFailure;
import io.vivace.distributor.receiver.GrpcBody;
import io.vivace.distributor.receiver.GrpcErrors;
import io.vivace.distributor.receiver.GrpcUnary;
import io.vivace.distributor.receiver.TracesConsumer;
import io.vivace.wire.otlp.MalformedOtlpException;
import java.util.List;

/// OTLP over gRPC: the trace service (OTLP specification, OTLP/gRPC).
public final class OtlpGrpcService {
  private static final String SERVICE = "opentelemetry.proto.collector.trace.v1.TraceService";

  private final TracesConsumer consumer;
  private final int maxMessageBytes;

  /// A service in front of `consumer`.
  ///
  /// @param maxMessageBytes largest message after decompression
  public OtlpGrpcService(TracesConsumer consumer, int maxMessageBytes) {
    this.consumer = consumer;
    this.maxMessageBytes = maxMessageBytes;
  }

  /// What a server has to be given.
  public ServerServiceDefinition definition() {
    ServerMethodDefinition<GrpcBody, byte[]> export =
        GrpcUnary.method(SERVICE + "/Export", maxMessageBytes, this::export);
    ServiceDescriptor descriptor =
        ServiceDescriptor.newBuilder(SERVICE)
            .setSchemaDescriptor(new Schema())
            .addMethod(export.getMethodDescriptor())
            .build();
    return ServerServiceDefinition.builder(descriptor).addMethod(export).build();
  }

  private byte[] export(GrpcBody body, List<String> tenants) {
    try {
      byte[] otlp = body.bytesOrThrow(consumer);
      return OtlpHttpHandler.answer(consumer.consume(tenants, otlp)).toByteArray();
    } catch (MalformedOtlpException e) {
      consumer.decodeFailed(DecodeFailure.MALFORMED);
      throw GrpcErrors.malformed(e);
    } catch (PushException e) {
      throw GrpcErrors.of(e);
    }
  }

  /// The schema for reflection.
  private static final class Schema implements ProtoFileDescriptorSupplier {
    @Override
    public FileDescriptor getFileDescriptor() {
      return TraceServiceProto.getDescriptor();
    }
  }
}
