package io.vivace.service.tenant;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;

/// Adds the tenant to outgoing calls: the one given by [#TENANT], else that of [Tenants#CURRENT]. A
/// tenant that the caller put into the metadata itself stays.
public final class TenantClientInterceptor implements ClientInterceptor {
  /// The tenant of one call, for callers that are not themselves inside a gRPC call.
  public static final CallOptions.Key<String> TENANT = CallOptions.Key.create("tenant");

  @Override
  public <Q, R> ClientCall<Q, R> interceptCall(
      MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
    String given = options.getOption(TENANT);
    String tenant = given == null ? Tenants.CURRENT.get() : given;
    return new ForwardingClientCall.SimpleForwardingClientCall<>(next.newCall(method, options)) {
      @Override
      public void start(Listener<R> listener, Metadata headers) {
        if (tenant != null && !headers.containsKey(Tenants.METADATA)) {
          headers.put(Tenants.METADATA, tenant);
        }
        super.start(listener, headers);
      }
    };
  }
}
