package io.vivace.gateway;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Which path goes where. Source: the routes of chart 1.52.4's gateway, and those its users had to
/// add themselves.
final class RouteTable {
  private static final String OTLP_SERVICE =
      "/opentelemetry.proto.collector.trace.v1.TraceService/";
  private static final String STREAMING = "/tempopb.StreamingQuerier/";

  private final List<Rule> rules;

  /// One row of the table.
  ///
  /// @param name for metrics and errors
  /// @param path exact path, or the beginning of it when `prefix`
  /// @param upstream where it goes
  /// @param target path at the upstream, or null for the client's own
  /// @param grpc whether the upstream speaks HTTP/2 only
  record Rule(
      String name,
      String path,
      boolean prefix,
      Upstream upstream,
      @Nullable String target,
      boolean grpc) {
    boolean matches(String candidate) {
      return prefix ? candidate.startsWith(path) : candidate.equals(path);
    }
  }

  /// @param apiPrefix `http_api_prefix`: the read API is below it too
  /// @param exposeAdmin whether ingesters can be flushed and shut down through the gateway
  RouteTable(String apiPrefix, boolean exposeAdmin) {
    String api = apiPrefix.replaceAll("/+$", "") + "/api";
    List<Rule> admin =
        exposeAdmin
            ? List.of(same("/flush", Upstream.INGESTER), same("/shutdown", Upstream.INGESTER))
            : List.of();
    List<Rule> others =
        List.of(
            exact("/jaeger/api/traces", Upstream.JAEGER_THRIFT_HTTP, "/api/traces"),
            exact("/zipkin/spans", Upstream.ZIPKIN, "/spans"),
            exact("/zipkin/api/v1/spans", Upstream.ZIPKIN, "/api/v1/spans"),
            exact("/zipkin/api/v2/spans", Upstream.ZIPKIN, "/api/v2/spans"),
            exact("/v1/traces", Upstream.OTLP_HTTP, "/v1/traces"),
            exact("/otlp/v1/traces", Upstream.OTLP_HTTP, "/v1/traces"),
            same("/distributor/ring", Upstream.DISTRIBUTOR),
            same("/ingester/ring", Upstream.DISTRIBUTOR),
            same("/metrics-generator/ring", Upstream.DISTRIBUTOR),
            same("/memberlist", Upstream.DISTRIBUTOR),
            same("/compactor/ring", Upstream.COMPACTOR),
            new Rule("streaming", STREAMING, true, Upstream.QUERY_FRONTEND_GRPC, null, true),
            new Rule("otlp-grpc", OTLP_SERVICE, true, Upstream.OTLP_GRPC, null, true),
            new Rule("api", "/api", true, Upstream.QUERY_FRONTEND, null, false),
            new Rule(
                "prefixed-api",
                api.startsWith("/") ? api : "/" + api,
                true,
                Upstream.QUERY_FRONTEND,
                null,
                false));
    this.rules = Stream.concat(admin.stream(), others.stream()).toList();
  }

  private static Rule exact(String path, Upstream upstream, String target) {
    return new Rule(path, path, false, upstream, target, false);
  }

  private static Rule same(String path, Upstream upstream) {
    return new Rule(path, path, false, upstream, null, false);
  }

  /// Every row, the first match wins.
  List<Rule> rules() {
    return rules;
  }

  /// The row for a path as it stands in the request. Runs of slashes count as one for the choice;
  /// what is sent on is untouched.
  Optional<Rule> find(String rawPath) {
    String path = rawPath.contains("//") ? rawPath.replaceAll("/+", "/") : rawPath;
    return rules.stream().filter(rule -> rule.matches(path)).findFirst();
  }
}
