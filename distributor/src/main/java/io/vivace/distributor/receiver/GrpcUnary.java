package io.vivace.distributor.receiver;

import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerMethodDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.vivace.service.grpc.RawBytes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A method with one request and one answer, both raw bytes, so that no span becomes an object.
public final class GrpcUnary implements ServerCallHandler<GrpcBody, byte[]> {
  private static final Metadata.Key<String> TENANT =
      Metadata.Key.of("x-scope-orgid", Metadata.ASCII_STRING_MARSHALLER);

  private final Handler handler;

  private GrpcUnary(Handler handler) {
    this.handler = handler;
  }

  /// Answers a request.
  @FunctionalInterface
  public interface Handler {
    /// The answer to `body`.
    ///
    /// @param tenants every value of the tenant's header
    /// @throws StatusRuntimeException with what the client is told instead
    byte[] answer(GrpcBody body, List<String> tenants);
  }

  /// A method of a service.
  ///
  /// @param name full name, `package.Service/Method`
  /// @param maxBytes largest request after decompression
  public static ServerMethodDefinition<GrpcBody, byte[]> method(
      String name, int maxBytes, Handler handler) {
    MethodDescriptor<GrpcBody, byte[]> descriptor =
        MethodDescriptor.<GrpcBody, byte[]>newBuilder()
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName(name)
            .setRequestMarshaller(GrpcBody.marshaller(maxBytes))
            .setResponseMarshaller(RawBytes.MARSHALLER)
            .build();
    return ServerMethodDefinition.create(descriptor, new GrpcUnary(handler));
  }

  /// Every value of the tenant's header.
  public static List<String> tenants(Metadata headers) {
    List<String> tenants = new ArrayList<>();
    Iterable<String> values = headers.getAll(TENANT);
    if (values != null) {
      values.forEach(tenants::add);
    }
    return tenants;
  }

  @Override
  public ServerCall.Listener<GrpcBody> startCall(
      ServerCall<GrpcBody, byte[]> call, Metadata headers) {
    call.request(2);
    List<String> tenants = tenants(headers);
    return new ServerCall.Listener<>() {
      private @Nullable GrpcBody body;

      @Override
      public void onMessage(GrpcBody message) {
        body = message;
      }

      @Override
      public void onHalfClose() {
        answer(call, body, tenants);
      }
    };
  }

  private void answer(
      ServerCall<GrpcBody, byte[]> call, @Nullable GrpcBody body, List<String> tenants) {
    try {
      GrpcBody request =
          body == null ? new GrpcBody(null, Status.INTERNAL, DecodeFailure.TRUNCATED) : body;
      byte[] response = handler.answer(request, tenants);
      call.sendHeaders(new Metadata());
      call.sendMessage(response);
      call.close(Status.OK, new Metadata());
    } catch (StatusRuntimeException e) {
      Metadata trailers = e.getTrailers();
      call.close(e.getStatus(), trailers == null ? new Metadata() : trailers);
    }
  }
}
