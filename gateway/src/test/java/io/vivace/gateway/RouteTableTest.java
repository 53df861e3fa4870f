package io.vivace.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTableTest {
  private final RouteTable table = new RouteTable("/tempo", true);

  @ParameterizedTest
  @CsvSource({
    "/jaeger/api/traces, JAEGER_THRIFT_HTTP, /api/traces",
    "/zipkin/spans, ZIPKIN, /spans",
    "/zipkin/api/v2/spans, ZIPKIN, /api/v2/spans",
    "/v1/traces, OTLP_HTTP, /v1/traces",
    "/otlp/v1/traces, OTLP_HTTP, /v1/traces",
    "/api/search, QUERY_FRONTEND,",
    "/api, QUERY_FRONTEND,",
    "/apifoo, QUERY_FRONTEND,",
    "//api//x, QUERY_FRONTEND,",
    "/tempo/api/echo, QUERY_FRONTEND,",
    "/flush, INGESTER,",
    "/shutdown, INGESTER,",
    "/distributor/ring, DISTRIBUTOR,",
    "/ingester/ring, DISTRIBUTOR,",
    "/metrics-generator/ring, DISTRIBUTOR,",
    "/memberlist, DISTRIBUTOR,",
    "/compactor/ring, COMPACTOR,",
    "/tempopb.StreamingQuerier/Search, QUERY_FRONTEND_GRPC,",
    "/opentelemetry.proto.collector.trace.v1.TraceService/Export, OTLP_GRPC,",
  })
  void sendsEachPathToItsService(String path, Upstream upstream, String target) {
    RouteTable.Rule rule = table.find(path).orElseThrow();

    assertThat(rule.upstream()).isEqualTo(upstream);
    assertThat(rule.target()).isEqualTo(target);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/status/config",
        "/v1/traces/",
        "/flush/",
        "/debug/pprof",
        "/tempopb.Pusher/PushBytesV2"
      })
  void exposesNothingElse(String path) {
    assertThat(table.find(path)).isEmpty();
  }

  @Test
  void leavesFlushAndShutdownOutWhenTheyAreNotExposed() {
    RouteTable closed = new RouteTable("", false);

    assertThat(closed.find("/shutdown")).isEmpty();
    assertThat(closed.find("/flush")).isEmpty();
    assertThat(closed.find("/api/search")).isPresent();
  }
}
