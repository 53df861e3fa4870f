package io.vivace.distributor.receiver;

import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.vivace.distributor.PushException;
import io.vivace.distributor.PushResult;
import io.vivace.wire.otlp.MalformedOtlpException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// OTLP over gRPC: the trace service with raw bytes, so that no span becomes an object.
public final class OtlpGrpcService {
  private static final String SERVICE = "opentelemetry.proto.collector.trace.v1.TraceService";
  private static final Metadata.Key<String> TENANT =
      Metadata.Key.of("x-scope-orgid", Metadata.ASCII_STRING_MARSHALLER);

  private final OtlpReceiver receiver;
  private final int maxMessageBytes;

  /// A service in front of `receiver`.
  ///
  /// @param maxMessageBytes largest message after decompression
  public OtlpGrpcService(OtlpReceiver receiver, int maxMessageBytes) {
    this.receiver = receiver;
    this.maxMessageBytes = maxMessageBytes;
  }

  /// What a server has to be given.
  public ServerServiceDefinition definition() {
    MethodDescriptor<Body, byte[]> export =
        MethodDescriptor.<Body, byte[]>newBuilder()
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName(SERVICE + "/Export")
            .setRequestMarshaller(new BodyMarshaller(maxMessageBytes))
            .setResponseMarshaller(new BytesMarshaller())
            .build();
    return ServerServiceDefinition.builder(SERVICE).addMethod(export, new Export()).build();
  }

  private byte[] export(Body body, List<String> tenants) throws StatusRuntimeException {
    Status error = body.error();
    byte[] bytes = body.bytes();
    if (error != null || bytes == null) {
      receiver.malformed("grpc");
      throw (error == null ? Status.INTERNAL : error).asRuntimeException();
    }
    try {
      PushResult result = receiver.push(tenants, bytes, "grpc");
      return OtlpHttpHandler.answer(result).toByteArray();
    } catch (MalformedOtlpException e) {
      receiver.malformed("grpc");
      throw Status.INTERNAL
          .withDescription("grpc: error unmarshalling request: " + e.getMessage())
          .asRuntimeException();
    } catch (PushException e) {
      String message = e.getMessage() == null ? "" : e.getMessage();
      throw StatusProto.toStatusRuntimeException(
          OtlpHttpHandler.rpcStatus(e.code(), message, e.retryAfter()));
    }
  }

  /// A message that was read, or why it could not be: a marshaller that throws makes the client see
  /// an unknown error.
  private record Body(byte @Nullable [] bytes, @Nullable Status error) {}

  private record BodyMarshaller(int maxBytes) implements MethodDescriptor.Marshaller<Body> {
    @Override
    public InputStream stream(Body value) {
      byte[] bytes = value.bytes();
      return new ByteArrayInputStream(bytes == null ? new byte[0] : bytes);
    }

    @Override
    public Body parse(InputStream stream) {
      try {
        byte[] bytes = stream.readNBytes(maxBytes + 1);
        return bytes.length > maxBytes ? new Body(null, tooLarge()) : new Body(bytes, null);
      } catch (StatusRuntimeException e) {
        return new Body(null, e.getStatus());
      } catch (IOException | RuntimeException e) {
        return new Body(
            null,
            Status.INTERNAL.withDescription(
                "grpc: failed to decompress the received message: " + e.getMessage()));
      }
    }

    private Status tooLarge() {
      return Status.RESOURCE_EXHAUSTED.withDescription(
          "grpc: received message after decompression larger than max " + maxBytes);
    }
  }

  private static final class BytesMarshaller implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException e) {
        throw Status.INTERNAL.withCause(e).asRuntimeException();
      }
    }
  }

  private final class Export implements ServerCallHandler<Body, byte[]> {
    @Override
    public ServerCall.Listener<Body> startCall(ServerCall<Body, byte[]> call, Metadata headers) {
      call.request(2);
      List<String> tenants = new ArrayList<>();
      Iterable<String> values = headers.getAll(TENANT);
      if (values != null) {
        values.forEach(tenants::add);
      }
      return new ServerCall.Listener<>() {
        private @Nullable Body body;

        @Override
        public void onMessage(Body message) {
          body = message;
        }

        @Override
        public void onHalfClose() {
          answer(call, body, tenants);
        }
      };
    }

    private void answer(ServerCall<Body, byte[]> call, @Nullable Body body, List<String> tenants) {
      try {
        byte[] response = export(body == null ? new Body(null, Status.INTERNAL) : body, tenants);
        call.sendHeaders(new Metadata());
        call.sendMessage(response);
        call.close(Status.OK, new Metadata());
      } catch (StatusRuntimeException e) {
        Metadata trailers = e.getTrailers();
        call.close(e.getStatus(), trailers == null ? new Metadata() : trailers);
      }
    }
  }
}
