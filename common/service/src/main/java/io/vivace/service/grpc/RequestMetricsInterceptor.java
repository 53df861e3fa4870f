package io.vivace.service.grpc;

import io.grpc.ForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.vivace.service.metrics.RequestMetrics;

/// Measures every gRPC call.
final class RequestMetricsInterceptor implements ServerInterceptor {
  private static final String GRPC = "gRPC";

  private final RequestMetrics metrics;

  RequestMetricsInterceptor(RequestMetrics metrics) {
    this.metrics = metrics;
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    long started = System.nanoTime();
    String route = "/" + call.getMethodDescriptor().getFullMethodName();
    metrics.entered(GRPC);
    ServerCall<Q, R> measured =
        new ForwardingServerCall.SimpleForwardingServerCall<>(call) {
          @Override
          public void close(Status status, Metadata trailers) {
            metrics.left(GRPC);
            metrics.observe(GRPC, route, word(status), (System.nanoTime() - started) / 1e9);
            super.close(status, trailers);
          }
        };
    return next.startCall(measured, headers);
  }

  private static String word(Status status) {
    if (status.isOk()) {
      return "success";
    }
    return status.getCode() == Status.Code.CANCELLED ? "cancel" : "error";
  }
}
