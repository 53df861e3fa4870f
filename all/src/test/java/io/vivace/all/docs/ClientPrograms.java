package io.vivace.all.docs;

import com.google.common.base.CharMatcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The programs below `clients`, which the tests of the clients run.
final class ClientPrograms {
  /// What a page shows, and what a program says instead because a test gives it.
  static final Map<String, String> VALUES =
      Map.of(
          "\"http://127.0.0.1:9411/api/v2/spans\"",
          "arguments[0]",
          "SpanBytesEncoder.JSON_V2",
          "SpanBytesEncoder.valueOf(arguments[1])",
          "localServiceName(\"checkout\")",
          "localServiceName(\"brave-shop\")",
          "traceId128Bit(true)",
          "traceId128Bit(arguments[3].equals(\"128\"))",
          "withAgentPort(6831)",
          "withAgentPort(Integer.parseInt(arguments[1]))",
          "\"127.0.0.1:55678\"",
          "arguments[0]",
          "setServiceName(\"checkout\")",
          "setServiceName(\"oc-shop\")",
          "new Configuration(\"checkout\")",
          "new Configuration(\"jaeger-shop\")");

  private ClientPrograms() {}

  /// Their sources, without any white space.
  static List<String> sources() throws IOException {
    List<String> sources = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Snippet.ROOT.resolve("clients"))) {
      for (Path file : files.filter(file -> file.toString().endsWith(".java")).toList()) {
        sources.add(CharMatcher.whitespace().removeFrom(Files.readString(file)));
      }
    }
    return sources;
  }
}
