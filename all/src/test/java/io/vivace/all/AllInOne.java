package io.vivace.all;

import io.opentelemetry.proto.trace.v1.Span;
import io.vivace.service.config.ConfigException;
import io.vivace.service.config.ConfigLoader;
import io.vivace.service.launch.LaunchOptions;
import io.vivace.service.launch.ServiceProcess;
import io.vivace.service.launch.Target;
import io.vivace.wire.tempopb.Trace;
import io.vivace.wire.tempopb.TraceByIDResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.springframework.context.ConfigurableApplicationContext;

/// Every service in this JVM, on ports that were free a moment ago, and what tests ask it.
public final class AllInOne implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final ConfigurableApplicationContext context;
  private final HttpClient client = HttpClient.newHttpClient();
  private final int httpPort;

  private AllInOne(ConfigurableApplicationContext context, int httpPort) {
    this.context = context;
    this.httpPort = httpPort;
  }

  /// Starts everything and waits until it is ready.
  ///
  /// @param folder empty, for blocks and log
  /// @param receivers YAML of `distributor.receivers` in flow style
  public static AllInOne start(Path folder, String receivers) throws Exception {
    return start(folder, freePorts(2), receivers);
  }

  /// Starts everything and waits until it is ready.
  ///
  /// @param folder for blocks and log
  /// @param ports where it listens: the HTTP port and the gRPC port first
  /// @param receivers YAML of `distributor.receivers` in flow style
  public static AllInOne start(Path folder, List<Integer> ports, String receivers)
      throws ConfigException {
    return start(
        folder,
        ports,
        receivers,
        "backend: local, local: {path: '%s/data/blocks'}".formatted(folder));
  }

  /// Starts everything and waits until it is ready.
  ///
  /// @param folder for the log, and for what else is local
  /// @param ports where it listens: the HTTP port and the gRPC port first
  /// @param receivers YAML of `distributor.receivers` in flow style
  /// @param storage YAML of `storage.trace` in flow style, without braces
  public static AllInOne start(Path folder, List<Integer> ports, String receivers, String storage)
      throws ConfigException {
    String yaml =
        """
        server: {http_listen_address: 127.0.0.1, http_listen_port: %d, grpc_listen_address: 127.0.0.1, grpc_listen_port: %d}
        ingester: {lifecycler: {min_ready_duration: 0s}}
        distributor: {receivers: %s}
        query_frontend: {search: {query_backend_after: 0s}}
        storage: {trace: {%s, wal: {path: '%s/data/wal'}}}
        """
            .formatted(ports.get(0), ports.get(1), receivers, storage, folder);
    AllInOne started =
        new AllInOne(
            ServiceProcess.start(
                new LaunchOptions(Target.ALL, false, List.of()),
                ConfigLoader.parse(yaml, Map.of()),
                (reason, code) -> {},
                List.copyOf(Vivace.catalog().services().values())),
            ports.get(0));
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> started.get("/ready", "text/plain").statusCode() == 200);
    return started;
  }

  /// Ports that nobody uses now.
  public static List<Integer> freePorts(int count) throws IOException {
    List<ServerSocket> reserved = new ArrayList<>();
    List<Integer> ports = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        reserved.add(socket);
        ports.add(socket.getLocalPort());
      }
    } finally {
      for (ServerSocket socket : reserved) {
        socket.close();
      }
    }
    return ports;
  }

  /// A trace by its id in hex, empty when it is not there.
  public Optional<Trace> trace(String id) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer = get("/api/v2/traces/" + id, "application/protobuf");
    return switch (answer.statusCode()) {
      case 200 -> Optional.of(TraceByIDResponse.parseFrom(answer.body()).getTrace());
      case 404 -> Optional.empty();
      default ->
          throw new IOException(
              answer.statusCode() + ": " + new String(answer.body(), StandardCharsets.UTF_8));
    };
  }

  /// The spans of a trace by name, as soon as there are `count`.
  public Map<String, Span> spans(String id, int count) {
    return Awaitility.await("trace " + id)
        .atMost(PATIENCE)
        .until(() -> spans(id), spans -> spans.size() == count);
  }

  private Map<String, Span> spans(String id) throws IOException, InterruptedException {
    Map<String, Span> spans = new LinkedHashMap<>();
    trace(id).orElse(Trace.getDefaultInstance()).getResourceSpansList().stream()
        .flatMap(resource -> resource.getScopeSpansList().stream())
        .flatMap(scope -> scope.getSpansList().stream())
        .forEach(span -> spans.put(span.getName(), span));
    return spans;
  }

  /// What a TraceQL search answers, as JSON.
  public String search(String traceQl) throws IOException, InterruptedException {
    String query = URLEncoder.encode(traceQl, StandardCharsets.UTF_8);
    byte[] body = get("/api/search?limit=100&q=" + query, "application/json").body();
    return new String(body, StandardCharsets.UTF_8);
  }

  /// What a TraceQL search of the last hour answers, as JSON. Without a range of time only the
  /// ingesters are asked.
  public String searchLastHour(String traceQl) throws IOException, InterruptedException {
    long now = Clock.systemUTC().instant().getEpochSecond();
    String query = URLEncoder.encode(traceQl, StandardCharsets.UTF_8);
    String path =
        "/api/search?limit=100&start=%d&end=%d&q=%s".formatted(now - 3600, now + 60, query);
    return new String(get(path, "application/json").body(), StandardCharsets.UTF_8);
  }

  /// Has the ingester cut and flush what it has.
  public void flush() throws IOException, InterruptedException {
    int status = get("/flush", "text/plain").statusCode();
    if (status != 204) {
      throw new IOException("/flush: " + status + " (expected: 204)");
    }
  }

  /// The metrics page.
  public String metrics() throws IOException, InterruptedException {
    return new String(get("/metrics", "text/plain").body(), StandardCharsets.UTF_8);
  }

  private HttpResponse<byte[]> get(String path, String accept)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort + path))
            .header("Accept", accept)
            .build(),
        HttpResponse.BodyHandlers.ofByteArray());
  }

  @Override
  public void close() {
    context.close();
    client.close();
  }
}
