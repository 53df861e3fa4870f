package io.vivace.search;

import io.opentelemetry.proto.trace.v1.TracesData;
import io.vivace.wire.TraceId;
import io.vivace.wire.tempopb.Trace;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The recorded cases: of the folder in the system property `golden.dir`, else the copy among the
/// resources.
final class Golden {
  private static final JsonMapper JSON = new JsonMapper();

  private Golden() {}

  static byte[] bytes(String file) throws IOException {
    String folder = System.getProperty("golden.dir", "");
    if (!folder.isEmpty()) {
      return Files.readAllBytes(Path.of(folder, file));
    }
    try (InputStream stream =
        Objects.requireNonNull(Golden.class.getResourceAsStream("/golden/" + file), file)) {
      return stream.readAllBytes();
    }
  }

  static List<JsonNode> lines(String file) throws IOException {
    return new String(bytes(file), StandardCharsets.UTF_8)
        .lines()
        .filter(line -> !line.isBlank())
        .map(JSON::readTree)
        .toList();
  }

  static JsonNode json(String file) throws IOException {
    return JSON.readTree(bytes(file));
  }

  /// The traces of a `.pb` or `.pb.gz` file, decoded.
  static List<TraceColumns> traces(String file) throws IOException {
    List<TraceColumns> traces = new ArrayList<>();
    messages(file).forEach((id, trace) -> traces.add(TraceColumns.decode(id, trace)));
    return traces;
  }

  /// The traces of a `.pb` or `.pb.gz` file.
  static Map<TraceId, Trace> messages(String file) throws IOException {
    Map<TraceId, Trace> traces = new LinkedHashMap<>();
    byte[] bytes = bytes(file);
    try (InputStream stream =
        file.endsWith(".gz")
            ? new GZIPInputStream(new ByteArrayInputStream(bytes))
            : new ByteArrayInputStream(bytes)) {
      while (true) {
        TracesData data = TracesData.parseDelimitedFrom(stream);
        if (data == null) {
          return traces;
        }
        Trace trace = Trace.parseFrom(data.toByteString());
        traces.put(idOf(trace), trace);
      }
    }
  }

  static TraceId idOf(Trace trace) {
    return trace.getResourceSpansList().stream()
        .flatMap(resource -> resource.getScopeSpansList().stream())
        .flatMap(scope -> scope.getSpansList().stream())
        .map(span -> TraceDecoder.idOf(span.getTraceId()))
        .findFirst()
        .orElseThrow();
  }
}
