package io.vivace.all.endtoend;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/// Processes on loopback that find each other by `memberlist`: ingesters, distributors, queriers, a
/// query-frontend and a compactor, each with ports and a folder of its own.
final class RingCluster implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofMinutes(4);

  private static final int LOWEST_PORT = 12_000;
  private static final int HIGHEST_PORT = 32_000;

  private final Path folder;
  private final List<String> names;
  private final String extra;
  private final Map<String, Ports> ports = new LinkedHashMap<>();
  private final Map<String, Process> processes = new LinkedHashMap<>();
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

  private record Ports(int http, int grpc, int gossip, int otlp) {}

  /// @param names `ingester-0`, `distributor-0` and so on; what is before the last hyphen is the
  ///   target
  /// @param extra YAML that every process gets too
  RingCluster(Path folder, List<String> names, String extra) {
    this.folder = folder;
    this.names = List.copyOf(names);
    this.extra = extra;
    List<Integer> free = freePorts(4 * names.size());
    for (int i = 0; i < names.size(); i++) {
      List<Integer> four = free.subList(4 * i, 4 * i + 4);
      ports.put(names.get(i), new Ports(four.get(0), four.get(1), four.get(2), four.get(3)));
    }
  }

  /// Ports that nobody uses, below those that the system gives to outgoing connections: a process
  /// that was killed has to find its own ones free again.
  private static List<Integer> freePorts(int count) {
    List<Integer> ports = new ArrayList<>();
    while (ports.size() < count) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST_PORT, HIGHEST_PORT);
      if (!ports.contains(port) && isFree(port)) {
        ports.add(port);
      }
    }
    return ports;
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort() == port;
    } catch (IOException e) {
      return false;
    }
  }

  void startAll() throws IOException {
    for (String name : names) {
      start(name);
    }
    for (String name : names) {
      awaitReady(name);
    }
  }

  void start(String name) throws IOException {
    Path config = folder.resolve(name + ".yaml");
    Files.writeString(config, configuration(name) + extra);
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-Xmx200m",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            "io.vivace.all.Vivace",
            "-target=" + name.substring(0, name.lastIndexOf('-')),
            "-config.file=" + config);
    processes.put(
        name,
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(folder.resolve(name + ".log").toFile()))
            .start());
  }

  private String configuration(String name) {
    String members =
        names.stream()
            .filter(member -> !member.startsWith("query-frontend"))
            .map(member -> "127.0.0.1:" + ports(member).gossip)
            .collect(Collectors.joining(", "));
    String frontend =
        names.stream().filter(member -> member.startsWith("query-frontend")).findFirst().orElse("");
    return """
    server: {http_listen_address: 127.0.0.1, http_listen_port: %d, grpc_listen_address: 127.0.0.1, grpc_listen_port: %d}
    memberlist:
      abort_if_cluster_join_fails: false
      bind_addr: [127.0.0.1]
      bind_port: %d
      join_members: [%s]
    distributor:
      ring: {kvstore: {store: memberlist}, instance_id: %s}
      receivers: {otlp: {protocols: {http: {endpoint: '127.0.0.1:%d'}}}}
    ingester:
      flush_check_period: 500ms
      trace_idle_period: 1s
      lifecycler:
        id: %s
        min_ready_duration: 0s
        readiness_check_ring_health: false
        tokens_file_path: %s
        ring: {replication_factor: 3, kvstore: {store: memberlist}}
    compactor:
      ring: {kvstore: {store: memberlist}, instance_id: %s}
    querier:
      frontend_worker: {frontend_address: '127.0.0.1:%s', dns_lookup_duration: 1s}
    query_frontend:
      search: {query_backend_after: 0s, query_ingesters_until: 24h}
    storage:
      trace:
        backend: local
        blocklist_poll: 500ms
        local: {path: %s}
        wal: {path: %s}
    overrides:
      defaults:
        ingestion: {rate_limit_bytes: 1000000000, burst_size_bytes: 1000000000, max_traces_per_user: 0}
    """
        .formatted(
            ports(name).http,
            ports(name).grpc,
            ports(name).gossip,
            members,
            name,
            ports(name).otlp,
            name,
            folder.resolve(name).resolve("tokens.json"),
            name,
            frontend.isEmpty() ? "1" : ports(frontend).grpc,
            folder.resolve("blocks"),
            folder.resolve(name).resolve("wal"));
  }

  private Ports ports(String name) {
    return Objects.requireNonNull(ports.get(name));
  }

  void awaitReady(String name) {
    Awaitility.await(name + " is ready, see its log in " + folder)
        .atMost(PATIENCE)
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(() -> get(name, "/ready").statusCode() == 200);
  }

  /// Ends a process without giving it a chance to save anything.
  void kill(String name) throws InterruptedException {
    Process process = Objects.requireNonNull(processes.remove(name));
    process.destroyForcibly();
    int _ = process.waitFor();
  }

  /// Ends a process the way Kubernetes does.
  void stop(String name) throws InterruptedException {
    Process process = Objects.requireNonNull(processes.remove(name));
    process.destroy();
    int _ = process.waitFor();
  }

  /// Waits until a process ended by itself.
  void awaitEnd(String name) throws InterruptedException {
    int _ = Objects.requireNonNull(processes.remove(name)).waitFor();
  }

  /// Freezes a process, or lets it go on: SIGSTOP or SIGCONT.
  void signal(String name, String signal) throws IOException, InterruptedException {
    long pid = Objects.requireNonNull(processes.get(name)).pid();
    int _ = new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).start().waitFor();
  }

  URI otlp(String name) {
    return URI.create("http://127.0.0.1:" + ports(name).otlp + "/v1/traces");
  }

  HttpResponse<byte[]> get(String name, String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + ports(name).http + path))
            .version(HttpClient.Version.HTTP_1_1)
            .timeout(Duration.ofMinutes(1));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  HttpResponse<byte[]> post(URI uri, byte[] body) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(uri)
            .version(HttpClient.Version.HTTP_1_1)
            .timeout(Duration.ofSeconds(30))
            .header("Content-Type", "application/x-protobuf")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build(),
        HttpResponse.BodyHandlers.ofByteArray());
  }

  /// The states of the ingesters as `name` shows them, by id.
  Map<String, String> ingesterStates(String name) throws IOException, InterruptedException {
    String json =
        new String(
            get(name, "/ingester/ring", "Accept", "application/json").body(),
            StandardCharsets.UTF_8);
    Map<String, String> states = new LinkedHashMap<>();
    for (String shard : json.split("\\{\"id\":\"", -1)) {
      int id = shard.indexOf('"');
      int state = shard.indexOf("\"state\":\"");
      if (id > 0 && state > 0) {
        int from = state + "\"state\":\"".length();
        states.put(shard.substring(0, id), shard.substring(from, shard.indexOf('"', from)));
      }
    }
    return states;
  }

  List<String> running() {
    return new ArrayList<>(processes.keySet());
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
