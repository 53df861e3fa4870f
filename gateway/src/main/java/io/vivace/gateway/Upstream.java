package io.vivace.gateway;

/// What stands behind the gateway.
enum Upstream {
  /// HTTP port of a distributor.
  DISTRIBUTOR("distributor"),
  /// OTLP over HTTP.
  OTLP_HTTP("distributor_otlp_http"),
  /// OTLP over gRPC.
  OTLP_GRPC("distributor_otlp_grpc"),
  /// Zipkin.
  ZIPKIN("distributor_zipkin"),
  /// Jaeger's Thrift over HTTP.
  JAEGER_THRIFT_HTTP("distributor_jaeger_thrift_http"),
  /// HTTP port of an ingester.
  INGESTER("ingester"),
  /// HTTP port of a query-frontend.
  QUERY_FRONTEND("query_frontend"),
  /// gRPC port of a query-frontend.
  QUERY_FRONTEND_GRPC("query_frontend_grpc"),
  /// HTTP port of a compactor.
  COMPACTOR("compactor");

  private final String key;

  Upstream(String key) {
    this.key = key;
  }

  /// The key below `gateway.upstreams`.
  String key() {
    return key;
  }
}
