package io.vivace.service.config;

/// Section `gateway`, our own: the single entry point. Port 0 switches it off; an empty upstream is
/// the local service of `all`.
///
/// @param httpListenAddress key `http_listen_address`
/// @param httpListenPort key `http_listen_port`
/// @param upstreams key `upstreams`
public record GatewayConfig(String httpListenAddress, int httpListenPort, Upstreams upstreams) {

  /// Base addresses (`host:port` or `http://host:port`) of the services behind the gateway.
  ///
  /// @param distributor key `distributor`
  /// @param distributorOtlpHttp key `distributor_otlp_http`
  /// @param distributorOtlpGrpc key `distributor_otlp_grpc`
  /// @param distributorZipkin key `distributor_zipkin`
  /// @param distributorJaegerThriftHttp key `distributor_jaeger_thrift_http`
  /// @param ingester key `ingester`
  /// @param queryFrontend key `query_frontend`
  /// @param queryFrontendGrpc key `query_frontend_grpc`
  /// @param compactor key `compactor`
  public record Upstreams(
      String distributor,
      String distributorOtlpHttp,
      String distributorOtlpGrpc,
      String distributorZipkin,
      String distributorJaegerThriftHttp,
      String ingester,
      String queryFrontend,
      String queryFrontendGrpc,
      String compactor) {}
}
