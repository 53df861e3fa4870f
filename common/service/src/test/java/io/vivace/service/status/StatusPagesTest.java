package io.vivace.service.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.vivace.service.config.ConfigLoader;
import io.vivace.service.launch.LaunchOptions;
import io.vivace.service.launch.ServiceProcess;
import io.vivace.service.launch.Target;
import io.vivace.service.lifecycle.Readiness;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StatusPagesTest {
  private final HttpClient client = HttpClient.newHttpClient();
  private ConfigurableApplicationContext context;
  private String base;

  @Configuration(proxyBeanMethods = false)
  static class Nothing {}

  @SuppressWarnings("NullAway.Init")
  StatusPagesTest() {}

  @BeforeAll
  void start() throws Exception {
    ConfigLoader.Loaded loaded =
        ConfigLoader.parse(
            """
            server:
              {http_listen_address: 127.0.0.1, http_listen_port: 0, grpc_listen_address: 127.0.0.1, grpc_listen_port: 0}
            compactor: {ring: {kvstore: {store: memberlist}}}
            storage: {trace: {backend: local, s3: {access_key: hushed-id, secret_key: hushed}}}
            """,
            Map.of());
    context =
        ServiceProcess.start(
            new LaunchOptions(Target.ALL, false, List.of()),
            loaded,
            (reason, code) -> {},
            List.of(Nothing.class));
    WebServer server = ((ServletWebServerApplicationContext) context).getWebServer();
    int port = Objects.requireNonNull(server).getPort();
    base = "http://127.0.0.1:" + port;
  }

  @AfterAll
  void stop() {
    context.close();
    client.close();
  }

  private HttpResponse<String> send(String method, String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .method(method, HttpRequest.BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /ready, 200, ready",
    "POST, /ready, 200, ready",
    "GET, /api/echo, 200, echo",
    "POST, /api/echo, 200, echo",
    "GET, /status/usage-stats, 200, usage-stats is not enabled",
    "GET, /nope, 404, 404 page not found",
    "GET, /ready/, 404, 404 page not found",
    "GET, /, 404, 404 page not found",
    "GET, /api/status, 404, 404 page not found",
    "GET, /status/foo, 404, 404 page not found",
    "GET, /usage_metrics, 404, 404 page not found",
    "GET, /memberlist?viewKey=nope&format=json, 404, value not found",
  })
  void answersPlainText(String method, String path, int status, String text) throws Exception {
    HttpResponse<String> answer = send(method, path);

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).isEqualTo(text + "\n");
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .isEqualToIgnoringWhitespace("text/plain;charset=utf-8");
    assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(answer.headers().firstValue("Server")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /status",
    "POST, /api/status/buildinfo",
    "GET, /ingester/prepare-partition-downscale",
  })
  void refusesOtherMethodsWithoutBody(String method, String path) throws Exception {
    HttpResponse<String> answer = send(method, path);

    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.body()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "/status, GET /status/version",
    "/status/version, version 2.9.0",
    "/status/services, | distributor    | Running |",
    "/status/endpoints, | /ready ",
    "/status/runtime_config, max_bytes_per_trace: 5000000",
    "/status/config, http_listen_port: 0",
    "/status/config?mode=defaults, http_listen_port: 3200",
    "/status/config?mode=diff, store: memberlist",
  })
  void statusShowsTheProcess(String path, String text) throws Exception {
    HttpResponse<String> answer = send("GET", path);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains("text/plain");
    assertThat(answer.body()).startsWith("GET /status/").contains(text).doesNotContain("hushed");
  }

  @Test
  void differenceLeavesOutDefaults() throws Exception {
    assertThat(send("GET", "/status/config?mode=diff").body())
        .contains("grpc_listen_port: 0")
        .doesNotContain("max_block_duration");
  }

  @Test
  void unknownModeIsRefused() throws Exception {
    HttpResponse<String> answer = send("GET", "/status/config?mode=x");

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body())
        .isEqualTo("unknown value for mode query parameter: x\nGET /status/config\n");
  }

  @Test
  void buildInfoIsASemanticVersionForGrafana() throws Exception {
    HttpResponse<String> answer = send("GET", "/api/status/buildinfo");

    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(answer.body()).contains("\"version\":\"2.9.0\"").endsWith("}\n");
  }

  @Test
  void metricsComeInBothFormats() throws Exception {
    HttpResponse<String> _ = send("GET", "/ready");
    // a request is counted when it is over, which its client may notice first
    String text = send("GET", "/metrics").body();
    for (int i = 0; i < 1000 && !text.contains("route=\"ready\""); i++) {
      text = send("GET", "/metrics").body();
    }
    String openMetrics = send("GET", "/metrics", "Accept", "application/openmetrics-text").body();

    assertThat(text)
        .contains("# TYPE tempo_request_duration_seconds histogram")
        .contains("tempo_build_info{")
        .containsPattern(
            "tempo_request_duration_seconds_count\\{method=\"GET\",route=\"ready\","
                + "status_code=\"200\",ws=\"false\"\\} \\d+");
    assertThat(text.lines().filter(line -> !line.startsWith("#")))
        .allMatch(line -> line.matches("[a-zA-Z_:][\\w:]*(\\{.*})? [-+.\\w]+"));
    assertThat(openMetrics).endsWith("# EOF\n");
  }

  @Test
  void overridesSayWhereLimitsComeFrom() throws Exception {
    assertThat(send("GET", "/status/overrides", "Accept", "application/json").body())
        .contains("\"now\":\"");
    assertThat(send("GET", "/status/overrides/nobody", "Accept", "application/json").body())
        .contains("\"tenant\":\"nobody\"")
        .contains("max_bytes_per_trace: 5000000")
        .contains("\"default overrides\"");
    assertThat(send("GET", "/status/overrides/%3Cb%3E").body())
        .contains("&lt;b&gt;")
        .doesNotContain("<b>");
  }

  @ParameterizedTest
  @CsvSource({"/ingester/ring", "/compactor/ring", "/memberlist"})
  void ringsAreShownToPeopleAndPrograms(String path) throws Exception {
    assertThat(send("GET", path).body()).startsWith("<!DOCTYPE html>").contains("ACTIVE");
    HttpResponse<String> json = send("GET", path, "Accept", "application/json");
    assertThat(json.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(json.body()).contains("\"state\":\"ACTIVE\"");
  }

  @Test
  void forgettingAnUnknownInstanceIsDone() throws Exception {
    HttpResponse<String> answer = send("POST", "/ingester/ring?forget=nobody");

    assertThat(answer.statusCode()).isEqualTo(302);
    assertThat(answer.headers().firstValue("Location")).contains("#");
  }

  @Test
  void pathsAreCleaned() throws Exception {
    HttpResponse<String> answer = send("GET", "//api//echo?a=b");

    assertThat(answer.statusCode()).isEqualTo(301);
    assertThat(answer.headers().firstValue("Location")).contains("/api/echo?a=b");
  }

  @Test
  void longQueriesPass() throws Exception {
    assertThat(send("GET", "/api/echo?q=" + "x".repeat(200_000)).statusCode()).isEqualTo(200);
  }

  @Test
  void checksOfModulesDecideReadiness() throws Exception {
    Readiness readiness = context.getBean(Readiness.class);
    readiness.module("ingester", Readiness.State.STARTING);
    try {
      HttpResponse<String> answer = send("GET", "/ready");
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.body())
          .startsWith("Some services are not Running:\nStarting: 1\nRunning: ")
          .endsWith("\n\n");
    } finally {
      readiness.module("ingester", Readiness.State.RUNNING);
    }
  }
}
