package io.vivace.all.clients;

import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.trace.v1.Span;
import io.vivace.all.Vivace;
import io.vivace.service.config.ConfigLoader;
import io.vivace.service.launch.LaunchOptions;
import io.vivace.service.launch.ServiceProcess;
import io.vivace.service.launch.Target;
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
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.springframework.context.ConfigurableApplicationContext;

/// All services in this JVM, with the receivers of one configuration, and ways to ask them.
final class RunningVivace implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final ConfigurableApplicationContext context;
  private final HttpClient client = HttpClient.newHttpClient();
  private final int httpPort;

  private RunningVivace(ConfigurableApplicationContext context, int httpPort) {
    this.context = context;
    this.httpPort = httpPort;
  }

  /// Starts it and waits until it is ready.
  ///
  /// @param folder empty, for blocks and logs
  /// @param receivers the mapping of `distributor.receivers`
  static RunningVivace start(Path folder, String receivers) throws Exception {
    int port = freePort();
    String yaml =
        """
        server: {http_listen_address: 127.0.0.1, http_listen_port: %1$d, grpc_listen_address: 127.0.0.1, grpc_listen_port: 0}
        gateway: {http_listen_port: 0}
        distributor: {receivers: %2$s}
        ingester: {lifecycler: {min_ready_duration: 0s}}
        storage: {trace: {backend: local, local: {path: '%3$s/blocks'}, wal: {path: '%3$s/wal'}}}
        """
            .formatted(port, receivers, folder);
    RunningVivace running =
        new RunningVivace(
            ServiceProcess.start(
                new LaunchOptions(Target.ALL, false, List.of()),
                ConfigLoader.parse(yaml, Map.of()),
                (reason, code) -> {},
                List.copyOf(Vivace.catalog().services().values())),
            port);
    Awaitility.await().atMost(PATIENCE).until(() -> running.get("/ready").statusCode() == 200);
    return running;
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /// The spans of a trace by name, as soon as there are `count`.
  Map<String, Span> spans(String traceId, int count) {
    return Awaitility.await()
        .atMost(PATIENCE)
        .ignoreExceptionsMatching(e -> e instanceof IOException)
        .until(() -> spans(traceId), spans -> spans.size() == count);
  }

  private Map<String, Span> spans(String traceId) throws IOException, InterruptedException {
    Map<String, Span> spans = new LinkedHashMap<>();
    trace(traceId).getTrace().getResourceSpansList().stream()
        .flatMap(resource -> resource.getScopeSpansList().stream())
        .flatMap(scope -> scope.getSpansList().stream())
        .forEach(span -> spans.put(span.getName(), span));
    return spans;
  }

  /// A trace, empty when there is none.
  TraceByIDResponse trace(String traceId) throws IOException, InterruptedException {
    HttpResponse<byte[]> response = get("/api/v2/traces/" + traceId);
    if (response.statusCode() != 200) {
      return TraceByIDResponse.getDefaultInstance();
    }
    try {
      return TraceByIDResponse.parseFrom(response.body());
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError("not a trace: " + traceId, e);
    }
  }

  /// The answer to a search in JSON.
  String search(String query) throws IOException, InterruptedException {
    String encoded = URLEncoder.encode(query, StandardCharsets.UTF_8);
    HttpRequest request = request("/api/search?limit=100&q=" + encoded).build();
    return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  private HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
    HttpRequest request = request(path).header("Accept", "application/protobuf").build();
    return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort + path));
  }

  @Override
  public void close() {
    client.close();
    context.close();
  }
}
