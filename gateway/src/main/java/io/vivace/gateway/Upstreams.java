package io.vivace.gateway;

import io.vivace.service.config.GatewayConfig;
import io.vivace.service.config.ReceiversConfig;
import io.vivace.service.config.TempoConfig;
import java.net.URI;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where each upstream is: as configured, else beside a service that is configured (a distributor's
/// receivers have the ports of Tempo's documentation), else in this process.
final class Upstreams {
  private static final int GRPC_PORT = 9095;

  private final Map<Upstream, URI> addresses = new EnumMap<>(Upstream.class);

  /// @throws IllegalArgumentException when an address is not `host:port`, with the key
  Upstreams(TempoConfig config) {
    GatewayConfig.Upstreams given = config.gateway().upstreams();
    int http = config.server().httpListenPort();
    String distributor = given.distributor();
    ReceiversConfig receivers = config.distributor().receivers();
    put(Upstream.DISTRIBUTOR, distributor, "", http, null);
    put(Upstream.INGESTER, given.ingester(), "", http, null);
    put(Upstream.QUERY_FRONTEND, given.queryFrontend(), "", http, null);
    put(Upstream.COMPACTOR, given.compactor(), "", http, null);
    put(
        Upstream.QUERY_FRONTEND_GRPC,
        given.queryFrontendGrpc(),
        given.queryFrontend(),
        given.queryFrontend().isEmpty() ? config.server().grpcListenPort() : GRPC_PORT,
        null);
    put(Upstream.OTLP_HTTP, given.distributorOtlpHttp(), distributor, 4318, otlpHttp(receivers));
    put(Upstream.OTLP_GRPC, given.distributorOtlpGrpc(), distributor, 4317, otlpGrpc(receivers));
    put(Upstream.ZIPKIN, given.distributorZipkin(), distributor, 9411, zipkin(receivers));
    put(
        Upstream.JAEGER_THRIFT_HTTP,
        given.distributorJaegerThriftHttp(),
        distributor,
        14268,
        jaeger(receivers));
  }

  /// Base address, `http://host:port`.
  URI address(Upstream upstream) {
    return java.util.Objects.requireNonNull(addresses.get(upstream));
  }

  private void put(
      Upstream upstream, String given, String beside, int port, @Nullable String endpoint) {
    String key = "gateway.upstreams." + upstream.key();
    if (!given.isEmpty()) {
      addresses.put(upstream, parse(key, given));
    } else if (!beside.isEmpty()) {
      String host = parse(key, beside).getHost();
      addresses.put(upstream, parse(key, host + ":" + port));
    } else if (endpoint != null) {
      addresses.put(upstream, parse(key, reachable(endpoint)));
    } else {
      addresses.put(upstream, parse(key, "127.0.0.1:" + port));
    }
  }

  private static URI parse(String key, String value) {
    String text = value.contains("://") ? value : "http://" + value;
    try {
      URI uri = URI.create(text.replaceAll("/+$", ""));
      if ("http".equals(uri.getScheme()) && uri.getHost() != null && uri.getPort() >= 0) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(key + ": " + value + " (expected: host:port)", e);
    }
    throw new IllegalArgumentException(key + ": " + value + " (expected: host:port)");
  }

  private static String reachable(String endpoint) {
    return endpoint.replaceFirst("^(0\\.0\\.0\\.0|\\[::])?:(\\d+)$", "127.0.0.1:$2");
  }

  private static @Nullable String otlpHttp(ReceiversConfig receivers) {
    ReceiversConfig.OtlpConfig otlp = ReceiversConfig.first(receivers.otlp());
    return otlp == null || otlp.protocols().http() == null
        ? null
        : otlp.protocols().http().server().endpoint();
  }

  private static @Nullable String otlpGrpc(ReceiversConfig receivers) {
    ReceiversConfig.OtlpConfig otlp = ReceiversConfig.first(receivers.otlp());
    return otlp == null || otlp.protocols().grpc() == null
        ? null
        : otlp.protocols().grpc().endpoint();
  }

  private static @Nullable String zipkin(ReceiversConfig receivers) {
    ReceiversConfig.ZipkinConfig zipkin = ReceiversConfig.first(receivers.zipkin());
    return zipkin == null ? null : zipkin.server().endpoint();
  }

  private static @Nullable String jaeger(ReceiversConfig receivers) {
    ReceiversConfig.JaegerConfig jaeger = ReceiversConfig.first(receivers.jaeger());
    return jaeger == null || jaeger.protocols().thriftHttp() == null
        ? null
        : jaeger.protocols().thriftHttp().endpoint();
  }
}
