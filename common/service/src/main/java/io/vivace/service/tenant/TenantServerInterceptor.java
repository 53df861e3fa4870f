package io.vivace.service.tenant;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Puts the tenant of a gRPC call into [Tenants#CURRENT]; a call without one fails with code
/// UNKNOWN and `no org id`, as in Tempo.
public final class TenantServerInterceptor implements ServerInterceptor {
  /// Services and methods that belong to no tenant. Source: Tempo 2.9 `cmd/tempo/app/app.go`.
  private static final Set<String> EXEMPT =
      Set.of(
          "grpc.health.v1.Health",
          "frontend.Frontend",
          "vivace.JobQueue",
          "vivace.LocalObjects",
          "tempopb.BackendScheduler",
          "grpc.reflection.v1.ServerReflection",
          "grpc.reflection.v1alpha.ServerReflection");

  private final Tenants tenants;

  /// @param tenants the rules
  public TenantServerInterceptor(Tenants tenants) {
    this.tenants = tenants;
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    String service = String.valueOf(call.getMethodDescriptor().getServiceName());
    if (EXEMPT.contains(service)) {
      return next.startCall(call, headers);
    }
    if (!tenants.multitenancy()) {
      return start(Tenants.SINGLE_TENANT, call, headers, next);
    }
    List<String> named = new ArrayList<>();
    Iterable<String> values = headers.getAll(Tenants.METADATA);
    if (values != null) {
      values.forEach(named::add);
    }
    if (named.size() != 1 || named.getFirst().isEmpty()) {
      call.close(Status.UNKNOWN.withDescription("no org id"), new Metadata());
      return new ServerCall.Listener<>() {};
    }
    return start(named.getFirst(), call, headers, next);
  }

  private static <Q, R> ServerCall.Listener<Q> start(
      String tenant, ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    Context context = Context.current().withValue(Tenants.CURRENT, tenant);
    return Contexts.interceptCall(context, call, headers, next);
  }
}
