package io.vivace.distributor.receiver.opencensus;

import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.vivace.distributor.PushException;
import io.vivace.distributor.receiver.DecodeFailure;
import io.vivace.distributor.receiver.GrpcBody;
import io.vivace.distributor.receiver.GrpcErrors;
import io.vivace.distributor.receiver.GrpcUnary;
import io.vivace.distributor.receiver.TracesConsumer;
import io.vivace.service.grpc.RawBytes;
import io.vivace.wire.otlp.MalformedOtlpException;
import java.util.List;

/// OpenCensus over gRPC (`agent/trace/v1/trace_service.proto`): `Export` stores every message of a
/// stream before it takes the next one and never answers; `Config` stays open and never sends a
/// configuration, so that agents do not connect again and again.
final class OpenCensusGrpcService {
  private static final String SERVICE = "opencensus.proto.agent.trace.v1.TraceService";

  private final TracesConsumer consumer;
  private final int maxMessageBytes;

  /// A service in front of `consumer`.
  ///
  /// @param maxMessageBytes largest message after decompression
  OpenCensusGrpcService(TracesConsumer consumer, int maxMessageBytes) {
    this.consumer = consumer;
    this.maxMessageBytes = maxMessageBytes;
  }

  /// What a server has to be given.
  ServerServiceDefinition definition() {
    MethodDescriptor<GrpcBody, byte[]> export = method("Export");
    MethodDescriptor<GrpcBody, byte[]> config = method("Config");
    ServiceDescriptor service =
        ServiceDescriptor.newBuilder(SERVICE).addMethod(export).addMethod(config).build();
    return ServerServiceDefinition.builder(service)
        .addMethod(export, (call, headers) -> new Export(call, GrpcUnary.tenants(headers)))
        .addMethod(config, (call, headers) -> new Config(call))
        .build();
  }

  private MethodDescriptor<GrpcBody, byte[]> method(String name) {
    return MethodDescriptor.<GrpcBody, byte[]>newBuilder()
        .setType(MethodDescriptor.MethodType.BIDI_STREAMING)
        .setFullMethodName(SERVICE + "/" + name)
        .setRequestMarshaller(GrpcBody.marshaller(maxMessageBytes))
        .setResponseMarshaller(RawBytes.MARSHALLER)
        .build();
  }

  private final class Export extends ServerCall.Listener<GrpcBody> {
    private final ServerCall<GrpcBody, byte[]> call;
    private final List<String> tenants;
    private final OpenCensusStream stream = new OpenCensusStream();
    private boolean closed;

    Export(ServerCall<GrpcBody, byte[]> call, List<String> tenants) {
      this.call = call;
      this.tenants = tenants;
      call.sendHeaders(new Metadata());
      call.request(1);
    }

    @Override
    public void onMessage(GrpcBody message) {
      if (closed) {
        return;
      }
      try {
        consumer.consume(tenants, stream.translate(message.bytesOrThrow(consumer)));
        call.request(1);
      } catch (MalformedOtlpException e) {
        consumer.decodeFailed(DecodeFailure.MALFORMED);
        close(GrpcErrors.malformed(e));
      } catch (PushException e) {
        close(GrpcErrors.of(e));
      } catch (StatusRuntimeException e) {
        close(e);
      }
    }

    @Override
    public void onHalfClose() {
      if (!closed) {
        closed = true;
        call.close(Status.OK, new Metadata());
      }
    }

    private void close(StatusRuntimeException error) {
      closed = true;
      Metadata trailers = error.getTrailers();
      call.close(error.getStatus(), trailers == null ? new Metadata() : trailers);
    }
  }

  private static final class Config extends ServerCall.Listener<GrpcBody> {
    private final ServerCall<GrpcBody, byte[]> call;

    Config(ServerCall<GrpcBody, byte[]> call) {
      this.call = call;
      call.sendHeaders(new Metadata());
      call.request(1);
    }

    @Override
    public void onMessage(GrpcBody message) {
      call.request(1);
    }

    @Override
    public void onHalfClose() {
      call.close(Status.OK, new Metadata());
    }
  }
}
