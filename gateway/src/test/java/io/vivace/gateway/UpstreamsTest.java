package io.vivace.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vivace.service.config.ConfigException;
import io.vivace.service.config.ConfigLoader;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UpstreamsTest {
  private static Upstreams of(String yaml) throws ConfigException {
    return new Upstreams(ConfigLoader.parse(yaml, Map.of()).config());
  }

  @Test
  void withoutConfigurationEverythingIsInThisProcess() throws Exception {
    Upstreams upstreams =
        of("distributor: {receivers: {otlp: {protocols: {http: {endpoint: '0.0.0.0:14318'}}}}}");

    assertThat(upstreams.address(Upstream.QUERY_FRONTEND)).hasToString("http://127.0.0.1:3200");
    assertThat(upstreams.address(Upstream.QUERY_FRONTEND_GRPC))
        .hasToString("http://127.0.0.1:9095");
    assertThat(upstreams.address(Upstream.OTLP_HTTP)).hasToString("http://127.0.0.1:14318");
    assertThat(upstreams.address(Upstream.ZIPKIN)).hasToString("http://127.0.0.1:9411");
  }

  @Test
  void receiversAreBesideTheirDistributor() throws Exception {
    Upstreams upstreams =
        of("gateway: {upstreams: {distributor: 'd:3200', query_frontend: 'http://q:80/'}}");

    assertThat(upstreams.address(Upstream.DISTRIBUTOR)).hasToString("http://d:3200");
    assertThat(upstreams.address(Upstream.OTLP_GRPC)).hasToString("http://d:4317");
    assertThat(upstreams.address(Upstream.JAEGER_THRIFT_HTTP)).hasToString("http://d:14268");
    assertThat(upstreams.address(Upstream.QUERY_FRONTEND)).hasToString("http://q:80");
    assertThat(upstreams.address(Upstream.QUERY_FRONTEND_GRPC)).hasToString("http://q:9095");
  }

  @Test
  void addressWithoutPortIsRefusedWithItsKey() {
    assertThatThrownBy(() -> of("gateway: {upstreams: {ingester: somewhere}}"))
        .hasMessage("gateway.upstreams.ingester: somewhere (expected: host:port)");
    assertThatThrownBy(() -> Gateway.start(ConfigLoader.parse("", Map.of()).config(), true).close())
        .hasMessageStartingWith("gateway.upstreams.");
  }
}
