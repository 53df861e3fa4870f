package io.vivace.distributor.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.vivace.distributor.DistributorConfiguration;
import io.vivace.service.config.ConfigLoader;
import io.vivace.service.launch.LaunchOptions;
import io.vivace.service.launch.ServiceProcess;
import io.vivace.service.launch.Target;
import io.vivace.testkit.Traces;
import io.vivace.wire.TraceId;
import io.vivace.wire.otlp.OtlpScanner;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

class UsagePageTest {
  @Test
  void showsTheBytesByDimension() throws Exception {
    try (ConfigurableApplicationContext context = start(true)) {
      context
          .getBean(UsageTracker.class)
          .received(
              "single-tenant",
              OtlpScanner.scan(Traces.trace(new TraceId(1, 1), "shop", 3, 1).toByteArray()));
      HttpResponse<String> page = get(context);
      assertThat(page.statusCode()).isEqualTo(200);
      assertThat(page.body())
          .contains(
              "tempo_usage_tracker_bytes_received_total{service_name=\"shop\","
                  + "tenant=\"single-tenant\",tracker=\"cost-attribution\"}");
    }
  }

  @Test
  void isNotThereUnlessAskedFor() throws Exception {
    try (ConfigurableApplicationContext context = start(false)) {
      assertThat(get(context).statusCode()).isEqualTo(404);
    }
  }

  private static ConfigurableApplicationContext start(boolean enabled) throws Exception {
    String yaml =
        """
        server: {http_listen_address: 127.0.0.1, http_listen_port: 0, grpc_listen_address: 127.0.0.1, grpc_listen_port: 0}
        distributor:
          receivers: {otlp: {protocols: {http: {endpoint: '127.0.0.1:0'}}}}
          usage: {cost_attribution: {enabled: %s}}
        storage: {trace: {backend: local}}
        overrides: {defaults: {cost_attribution: {dimensions: {service.name: ''}}}}
        """
            .formatted(enabled);
    return ServiceProcess.start(
        new LaunchOptions(Target.DISTRIBUTOR, false, List.of()),
        ConfigLoader.parse(yaml, Map.of()),
        (reason, code) -> {},
        List.of(DistributorConfiguration.class));
  }

  private static HttpResponse<String> get(ConfigurableApplicationContext context) throws Exception {
    int port =
        Objects.requireNonNull(((ServletWebServerApplicationContext) context).getWebServer())
            .getPort();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/usage_metrics")).build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }
}
