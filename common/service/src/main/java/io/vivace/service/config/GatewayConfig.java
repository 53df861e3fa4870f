package io.vivace.service.config;

import java.time.Duration;

/// Section `gateway`, our own: the single entry point. Port 0 switches it off; an empty upstream is
/// the local service of `all`.
///
/// @param httpListenAddress key `http_listen_address`
/// @param httpListenPort key `http_listen_port`
/// @param adminListenPort key `admin_listen_port`: a second port with nothing but `/ready` and
///   `/metrics`, without credentials; 0 is none
/// @param exposeAdmin key `expose_admin`: whether `/flush` and `/shutdown` are routed
/// @param accessLog key `access_log`: which requests are logged, `all`, `failed` or `none`
/// @param maxRequestBodyBytes key `max_request_body_bytes`: larger bodies are refused; 0 is no
///   limit
/// @param readTimeout key `read_timeout`: how long the first byte of an answer may take
/// @param basicAuth key `basic_auth`
/// @param upstreams key `upstreams`
public record GatewayConfig(
    String httpListenAddress,
    int httpListenPort,
    int adminListenPort,
    boolean exposeAdmin,
    String accessLog,
    long maxRequestBodyBytes,
    Duration readTimeout,
    BasicAuthConfig basicAuth,
    Upstreams upstreams) {

  /// Who may come in, by name and password. `/` and `/ready` are open to everyone.
  ///
  /// @param htpasswdFile key `htpasswd_file`: lines `name:hash` with bcrypt, apr1, SHA or
  ///   SHA-crypt; read again when it changes; empty lets everyone in
  public record BasicAuthConfig(String htpasswdFile) {}

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
