package io.vivace.all.docs;

import io.vivace.all.Vivace;
import io.vivace.service.config.ConfigException;
import io.vivace.service.config.ConfigLoader;
import io.vivace.service.launch.LaunchOptions;
import io.vivace.service.launch.ServiceProcess;
import io.vivace.service.launch.Target;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.springframework.context.ConfigurableApplicationContext;

/// Everything in this JVM, as a start without a file has it, on free ports; commands are changed to
/// those ports.
final class DocumentedProcess implements AutoCloseable {
  /// Every port that the documentation names.
  private static final List<Integer> PORTS =
      List.of(3200, 9095, 4317, 4318, 14250, 14268, 6831, 6832, 9411, 55678);

  private final Map<Integer, Integer> ports = new LinkedHashMap<>();
  private final Path folder;
  private final ConfigurableApplicationContext context;

  DocumentedProcess(Path folder) throws IOException, ConfigException {
    this.folder = folder;
    List<ServerSocket> reserved = new ArrayList<>();
    for (int port : PORTS) {
      ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
      reserved.add(socket);
      ports.put(port, socket.getLocalPort());
    }
    for (ServerSocket socket : reserved) {
      socket.close();
    }
    Path file = folder.resolve("tempo.yaml");
    Files.writeString(file, withPorts(configuration()));
    this.context =
        ServiceProcess.start(
            new LaunchOptions(Target.ALL, false, List.of()),
            new ConfigLoader(name -> null).load(file, false, Map.of()),
            (reason, code) -> {},
            List.copyOf(Vivace.catalog().services().values()));
  }

  private String configuration() {
    return """
    server: {http_listen_address: 127.0.0.1, http_listen_port: 3200, grpc_listen_address: 127.0.0.1, grpc_listen_port: 9095}
    ingester: {lifecycler: {min_ready_duration: 0s}}
    distributor:
      receivers:
        otlp: {protocols: {grpc: {endpoint: "127.0.0.1:4317"}, http: {endpoint: "127.0.0.1:4318"}}}
    storage: {trace: {backend: local, local: {path: FOLDER/data/blocks}, wal: {path: FOLDER/data/wal}}}
    """
        .replace("FOLDER", folder.toString());
  }

  /// `text` with the documented ports replaced by those of this process.
  String withPorts(String text) {
    String result = text;
    for (Map.Entry<Integer, Integer> port : ports.entrySet()) {
      result = result.replaceAll("\\b" + port.getKey() + "\\b(?=[^0-9])", "" + port.getValue());
    }
    return result;
  }

  /// Runs a command as a reader would and gives what it prints; HTTP errors are failures.
  String run(String command) throws IOException, InterruptedException {
    String strict = "set -eu\ncurl() { command curl -sS --fail-with-body \"$@\"; }\n";
    Process process =
        new ProcessBuilder("bash", "-c", strict + withPorts(command))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(2, TimeUnit.MINUTES) || process.exitValue() != 0) {
      throw new IOException("exit code " + process.exitValue() + ": " + output);
    }
    return output;
  }

  @Override
  public void close() {
    context.close();
  }
}
