package io.vivace.all.docs;

import io.vivace.all.AllInOne;
import io.vivace.service.config.ConfigException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Everything in this JVM, as a start without a file has it, on free ports; commands are changed to
/// those ports.
final class DocumentedProcess implements AutoCloseable {
  /// Every port that the documentation names.
  private static final List<Integer> PORTS =
      List.of(3200, 9095, 4317, 4318, 14250, 14268, 6831, 6832, 9411, 55678);

  private static final String RECEIVERS =
      """
      {otlp: {protocols: {grpc: {endpoint: '127.0.0.1:4317'}, http: {endpoint: '127.0.0.1:4318'}}},
       zipkin: {endpoint: '127.0.0.1:9411'}, opencensus: {endpoint: '127.0.0.1:55678'}}\
      """
          .replace("\n", " ");

  private final Map<Integer, Integer> ports = new LinkedHashMap<>();
  private final Path folder;
  private final AllInOne vivace;

  DocumentedProcess(Path folder) throws IOException, ConfigException {
    this.folder = folder;
    List<Integer> free = AllInOne.freePorts(PORTS.size());
    for (int i = 0; i < free.size(); i++) {
      ports.put(PORTS.get(i), free.get(i));
    }
    this.vivace = AllInOne.start(folder, free, withPorts(RECEIVERS));
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
    vivace.close();
  }
}
