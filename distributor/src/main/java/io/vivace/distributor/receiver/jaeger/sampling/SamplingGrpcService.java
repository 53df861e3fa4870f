package io.vivace.distributor.receiver.jaeger.sampling;

import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.Status;
import io.grpc.protobuf.ProtoFileDescriptorSupplier;
import io.vivace.distributor.receiver.GrpcBody;
import io.vivace.distributor.receiver.GrpcErrors;
import io.vivace.distributor.receiver.GrpcUnary;
import io.vivace.distributor.receiver.jaeger.sampling.proto.SamplingProto;
import io.vivace.distributor.receiver.jaeger.sampling.proto.SamplingStrategyParameters;

/// Sampling strategies over gRPC (jaeger-idl, `proto/api_v2/sampling.proto`).
public final class SamplingGrpcService {
  private static final String SERVICE = "jaeger.api_v2.SamplingManager";
  private static final int MAX_REQUEST_BYTES = 1 << 16;

  private final RemoteSampling sampling;

  /// A service that answers from `sampling`.
  public SamplingGrpcService(RemoteSampling sampling) {
    this.sampling = sampling;
  }

  /// What a server has to be given.
  public ServerServiceDefinition definition() {
    ServerMethodDefinition<GrpcBody, byte[]> strategy =
        GrpcUnary.method(
            SERVICE + "/GetSamplingStrategy", MAX_REQUEST_BYTES, (body, tenants) -> strategy(body));
    ServiceDescriptor descriptor =
        ServiceDescriptor.newBuilder(SERVICE)
            .setSchemaDescriptor(new Schema())
            .addMethod(strategy.getMethodDescriptor())
            .build();
    return ServerServiceDefinition.builder(descriptor).addMethod(strategy).build();
  }

  private byte[] strategy(GrpcBody body) {
    if (body.bytes() == null) {
      throw (body.error() == null ? Status.INTERNAL : body.error()).asRuntimeException();
    }
    try {
      SamplingStrategyParameters parameters = SamplingStrategyParameters.parseFrom(body.bytes());
      return sampling.of(parameters.getServiceName()).toByteArray();
    } catch (InvalidProtocolBufferException e) {
      throw GrpcErrors.malformed(e);
    }
  }

  /// The schema for reflection.
  private static final class Schema implements ProtoFileDescriptorSupplier {
    @Override
    public FileDescriptor getFileDescriptor() {
      return SamplingProto.getDescriptor();
    }
  }
}
