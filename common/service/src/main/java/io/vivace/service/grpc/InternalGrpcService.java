package io.vivace.service.grpc;

import io.grpc.ServerServiceDefinition;

/// A gRPC service that a module contributes as a bean. The kit serves all of them on
/// `server.grpc_listen_port` and in the process, on virtual threads, with the tenant in
/// [io.vivace.service.tenant.Tenants#CURRENT].
///
/// @param definition the service; raw `byte[]` marshallers are fine
/// @param overHttp whether it is also served on the HTTP port when `stream_over_http_enabled` is
///   set
public record InternalGrpcService(ServerServiceDefinition definition, boolean overHttp) {
  /// A service for the gRPC port and the process only.
  public InternalGrpcService(ServerServiceDefinition definition) {
    this(definition, false);
  }
}
