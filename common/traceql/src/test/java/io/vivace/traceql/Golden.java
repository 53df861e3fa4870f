package io.vivace.traceql;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The recorded cases: of the folder in the system property `golden.dir`, else the copy among the
/// resources.
final class Golden {
  private static final JsonMapper JSON = new JsonMapper();

  private Golden() {}

  static List<JsonNode> lines(String file) throws IOException {
    return text(file).lines().filter(line -> !line.isBlank()).map(JSON::readTree).toList();
  }

  private static String text(String file) throws IOException {
    String folder = System.getProperty("golden.dir", "");
    if (!folder.isEmpty()) {
      return Files.readString(Path.of(folder, file));
    }
    try (InputStream stream =
        Objects.requireNonNull(Golden.class.getResourceAsStream("/golden/" + file), file)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
