package io.vivace.distributor.forwarder;

import com.google.common.util.concurrent.ListenableFuture;
import io.grpc.CallOptions;
import io.grpc.ChannelCredentials;
import io.grpc.ClientInterceptors;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.TlsChannelCredentials;
import io.grpc.stub.ClientCalls;
import io.vivace.service.config.DistributorConfig.OtlpGrpcConfig;
import io.vivace.service.grpc.RawBytes;
import io.vivace.service.tenant.TenantClientInterceptor;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Sends requests to OTLP backends over gRPC, with the tenant in `x-scope-orgid`. Connections are
/// made when they are needed, so that a backend that is away does not hold up the start.
final class OtlpGrpcSink implements SpanSink {
  private static final MethodDescriptor<byte[], byte[]> EXPORT =
      RawBytes.method(
          "opentelemetry.proto.collector.trace.v1.TraceService/Export",
          MethodDescriptor.MethodType.UNARY);

  private final List<ManagedChannel> channels = new ArrayList<>();
  private final Duration timeout;

  /// @param key configuration key, for errors
  /// @param timeout how long one call may take
  /// @throws IllegalArgumentException when the configuration cannot be used
  OtlpGrpcSink(String key, OtlpGrpcConfig config, Duration timeout) {
    this.timeout = timeout;
    if (config.endpoints().isEmpty()) {
      throw new IllegalArgumentException(key + ".endpoints: empty (expected: host:port)");
    }
    ChannelCredentials credentials = credentials(key, config);
    for (String endpoint : config.endpoints()) {
      channels.add(Grpc.newChannelBuilder(endpoint, credentials).build());
    }
  }

  private static ChannelCredentials credentials(String key, OtlpGrpcConfig config) {
    if (config.tls().insecure()) {
      return InsecureChannelCredentials.create();
    }
    String file = config.tls().certFile();
    try {
      return TlsChannelCredentials.newBuilder().trustManager(new File(file)).build();
    } catch (IOException | RuntimeException e) {
      throw new IllegalArgumentException(
          key + ".tls.cert_file: " + file + " (expected: a PEM file, or insecure: true)", e);
    }
  }

  @Override
  public void send(String tenant, byte[] otlp) throws ForwardException {
    List<ListenableFuture<byte[]>> answers = new ArrayList<>(channels.size());
    for (ManagedChannel channel : channels) {
      CallOptions options =
          CallOptions.DEFAULT
              .withOption(TenantClientInterceptor.TENANT, tenant)
              .withDeadlineAfter(timeout.toMillis(), TimeUnit.MILLISECONDS);
      answers.add(
          ClientCalls.futureUnaryCall(
              ClientInterceptors.intercept(channel, new TenantClientInterceptor())
                  .newCall(EXPORT, options),
              otlp));
    }
    ForwardException failure = null;
    for (int i = 0; i < answers.size(); i++) {
      failure = await(answers.get(i), channels.get(i).authority(), failure);
    }
    if (failure != null) {
      throw failure;
    }
  }

  /// Waits for one answer; a failure after the first one is kept beside it.
  private static @Nullable ForwardException await(
      ListenableFuture<byte[]> answer, String endpoint, @Nullable ForwardException before) {
    Throwable cause;
    try {
      answer.get();
      return before;
    } catch (ExecutionException e) {
      cause = e.getCause() == null ? e : e.getCause();
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      cause = e;
    }
    ForwardException failure = new ForwardException(endpoint + ": " + cause.getMessage(), cause);
    if (before == null) {
      return failure;
    }
    before.addSuppressed(failure);
    return before;
  }

  @Override
  public void close() {
    channels.forEach(ManagedChannel::shutdownNow);
  }
}
