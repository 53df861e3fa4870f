package io.vivace.all.endtoend;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;

/// Six processes on loopback, each with ports of its own; one folder of blocks for all, or one for
/// each.
final class Cluster implements AutoCloseable {
  /// Generous: the machine may be busy with other builds.
  static final Duration PATIENCE = Duration.ofMinutes(5);

  /// The services, each started after those that it needs.
  enum Service {
    INGESTER("ingester"),
    DISTRIBUTOR("distributor"),
    QUERY_FRONTEND("query-frontend"),
    QUERIER("querier"),
    COMPACTOR("compactor"),
    GATEWAY("gateway");

    private final String target;

    Service(String target) {
      this.target = target;
    }
  }

  private final Path folder;
  private final boolean oneDisk;
  private final Map<Service, Integer> httpPorts = new EnumMap<>(Service.class);
  private final Map<Service, Integer> grpcPorts = new EnumMap<>(Service.class);
  private final Map<Service, Process> processes = new EnumMap<>(Service.class);
  private final HttpClient client = HttpClient.newHttpClient();
  private final int otlpGrpcPort;
  private final int otlpHttpPort;
  private final int gatewayPort;

  Cluster(Path folder) throws IOException {
    this(folder, true);
  }

  /// @param oneDisk whether all processes see the same folder of blocks
  Cluster(Path folder, boolean oneDisk) throws IOException {
    this.folder = folder;
    this.oneDisk = oneDisk;
    List<ServerSocket> reserved = new ArrayList<>();
    for (Service service : Service.values()) {
      httpPorts.put(service, reserve(reserved));
      grpcPorts.put(service, reserve(reserved));
    }
    this.otlpGrpcPort = reserve(reserved);
    this.otlpHttpPort = reserve(reserved);
    this.gatewayPort = reserve(reserved);
    for (ServerSocket socket : reserved) {
      socket.close();
    }
  }

  private static int reserve(List<ServerSocket> reserved) throws IOException {
    ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    reserved.add(socket);
    return socket.getLocalPort();
  }

  void startAll() throws IOException {
    for (Service service : Service.values()) {
      start(service);
    }
    for (Service service : Service.values()) {
      awaitReady(service);
    }
  }

  void start(Service service) throws IOException {
    Path config = folder.resolve(service.target + ".yaml");
    Files.writeString(config, configuration(service));
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-Xmx300m",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            "io.vivace.all.Vivace",
            "-target=" + service.target,
            "-config.file=" + config);
    processes.put(
        service,
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(folder.resolve(service.target + ".log").toFile()))
            .start());
  }

  private String configuration(Service service) {
    return """
    server:
      http_listen_address: 127.0.0.1
      http_listen_port: %d
      grpc_listen_address: 127.0.0.1
      grpc_listen_port: %d
    distributor:
      max_attribute_bytes: 0
      receivers:
        otlp:
          protocols:
            grpc:
              endpoint: 127.0.0.1:%d
            http:
              endpoint: 127.0.0.1:%d
    ingester_client:
      addresses: [127.0.0.1:%d]
    ingester:
      flush_check_period: 500ms
      trace_idle_period: 1s
      complete_block_timeout: 1s
    querier:
      frontend_worker:
        frontend_address: 127.0.0.1:%d
    query_frontend:
      search:
        query_backend_after: 0s
        query_ingesters_until: 24h
    storage:
      trace:
        backend: local
        blocklist_poll: 500ms
        local:
          path: %s
        wal:
          path: %s
    gateway:
      http_listen_address: 127.0.0.1
      http_listen_port: %d
      upstreams:
        distributor: 127.0.0.1:%d
        distributor_otlp_http: 127.0.0.1:%d
        distributor_otlp_grpc: 127.0.0.1:%d
        ingester: 127.0.0.1:%d
        query_frontend: 127.0.0.1:%d
        query_frontend_grpc: 127.0.0.1:%d
        compactor: 127.0.0.1:%d
    overrides:
      defaults:
        ingestion:
          rate_limit_bytes: 1000000000
          burst_size_bytes: 1000000000
          max_traces_per_user: 0
    """
        .formatted(
            port(httpPorts, service),
            port(grpcPorts, service),
            otlpGrpcPort,
            otlpHttpPort,
            port(grpcPorts, Service.INGESTER),
            port(grpcPorts, Service.QUERY_FRONTEND),
            folder.resolve(oneDisk ? "blocks" : "blocks-" + service.target),
            folder.resolve("wal-" + service.target),
            gatewayPort,
            port(httpPorts, Service.DISTRIBUTOR),
            otlpHttpPort,
            otlpGrpcPort,
            port(httpPorts, Service.INGESTER),
            port(httpPorts, Service.QUERY_FRONTEND),
            port(grpcPorts, Service.QUERY_FRONTEND),
            port(httpPorts, Service.COMPACTOR));
  }

  private static int port(Map<Service, Integer> ports, Service service) {
    return Objects.requireNonNull(ports.get(service));
  }

  void awaitReady(Service service) {
    int port = service == Service.GATEWAY ? gatewayPort : port(httpPorts, service);
    Awaitility.await(service.target + " is ready, see its log in " + folder)
        .atMost(PATIENCE)
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(() -> get("http://127.0.0.1:" + port + "/ready").statusCode() == 200);
  }

  /// Ends a process without giving it a chance to save anything.
  void kill(Service service) throws InterruptedException {
    Process process = Objects.requireNonNull(processes.remove(service));
    process.destroyForcibly();
    int _ = process.waitFor();
  }

  /// Ends every process the way an operator does.
  void stopAll() throws InterruptedException {
    for (Process process : processes.values()) {
      process.destroy();
    }
    for (Process process : processes.values()) {
      int _ = process.waitFor();
    }
    processes.clear();
  }

  URI otlpGrpc() {
    return URI.create("http://127.0.0.1:" + otlpGrpcPort);
  }

  URI otlpHttp() {
    return URI.create("http://127.0.0.1:" + otlpHttpPort + "/v1/traces");
  }

  URI gateway() {
    return URI.create("http://127.0.0.1:" + gatewayPort);
  }

  URI http(Service service) {
    return URI.create("http://127.0.0.1:" + port(httpPorts, service));
  }

  HttpResponse<byte[]> get(String url, String... headers) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url))
            .version(HttpClient.Version.HTTP_1_1)
            .timeout(Duration.ofMinutes(1));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  @Override
  public void close() {
    for (Process process : processes.values()) {
      process.destroyForcibly();
    }
    for (Process process : processes.values()) {
      process.onExit().join();
    }
    client.close();
  }
}
