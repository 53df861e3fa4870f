package io.vivace.block;

import static java.util.stream.Collectors.joining;

import io.opentelemetry.proto.trace.v1.TracesData;
import io.vivace.block.row.BlockFormat;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The recorded data: the folder in system property `golden.dir`, else the copy among the test
/// resources. Kinds of files may be missing from a corpus.
final class Corpus {
  static final JsonMapper JSON = new JsonMapper();

  private Corpus() {}

  static Path folder() {
    String chosen = System.getProperty("golden.dir", "");
    return Path.of(chosen.isEmpty() ? "src/test/resources/golden" : chosen);
  }

  static Stream<JsonNode> lines(String file) throws IOException {
    return lines(folder().resolve(file));
  }

  static Stream<JsonNode> lines(Path path) throws IOException {
    if (!Files.exists(path)) {
      return Stream.empty();
    }
    try (InputStream bytes = open(path)) {
      String text = new String(bytes.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
      return text.lines().map(JSON::readTree);
    }
  }

  private static InputStream open(Path path) throws IOException {
    InputStream bytes = Files.newInputStream(path);
    return path.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes;
  }

  /// Folders of recorded blocks, such as `blocks/handmade/v4-2.9`.
  static List<Path> variants() throws IOException {
    List<Path> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder().resolve("blocks"), 3)) {
      files.filter(path -> path.endsWith("store")).forEach(path -> found.add(path.getParent()));
    }
    found.sort(null);
    return found;
  }

  /// Whether the variant's format is one that can be read.
  static boolean isReadable(Path variant) throws IOException {
    byte[] json = Files.readAllBytes(blockFolder(variant).resolve("meta.json"));
    return BlockFormat.of(BlockMeta.parse(json, variant.toString()).format()).isPresent();
  }

  /// The traces a fixture was written from.
  static List<TracesData> input(Path fixture) throws IOException {
    Path plain = fixture.resolve("input.pb");
    Path path = Files.exists(plain) ? plain : fixture.resolve("input.pb.gz");
    List<TracesData> traces = new ArrayList<>();
    if (Files.exists(path)) {
      try (InputStream in = open(path)) {
        for (TracesData trace = TracesData.parseDelimitedFrom(in);
            trace != null;
            trace = TracesData.parseDelimitedFrom(in)) {
          traces.add(trace);
        }
      }
    }
    return traces;
  }

  /// Opens the block of a variant from memory.
  static BlockReader block(Path variant) throws IOException {
    Path folder = blockFolder(variant);
    BlockMeta meta =
        BlockMeta.parse(Files.readAllBytes(folder.resolve("meta.json")), folder.toString());
    byte[] data = Files.readAllBytes(folder.resolve("data.parquet"));
    return BlockReader.open(
        meta,
        new ByteArrayRangeReader(data),
        shard -> Files.readAllBytes(folder.resolve("bloom-" + shard)));
  }

  static Path blockFolder(Path variant) throws IOException {
    try (Stream<Path> files = Files.walk(variant.resolve("store"))) {
      return files
          .filter(path -> path.endsWith("meta.json"))
          .findFirst()
          .map(Path::getParent)
          .orElseThrow();
    }
  }

  /// The text that is hashed for `traces.sha256`.
  static String canonical(JsonNode node) {
    if (node.isObject()) {
      return node.propertyStream()
          .sorted(java.util.Map.Entry.comparingByKey())
          .map(e -> JSON.writeValueAsString(e.getKey()) + ":" + canonical(e.getValue()))
          .collect(joining(",", "{", "}"));
    }
    if (node.isArray()) {
      return node.valueStream().map(Corpus::canonical).collect(joining(",", "[", "]"));
    }
    if (node.isDouble() || node.isFloat() || node.isBigDecimal()) {
      String plain =
          new java.math.BigDecimal(Double.toString(node.doubleValue()))
              .stripTrailingZeros()
              .toPlainString();
      return plain.contains(".") ? plain : plain + ".0";
    }
    return JSON.writeValueAsString(node);
  }

  static String sha256(String text) {
    try {
      byte[] digest =
          java.security.MessageDigest.getInstance("SHA-256")
              .digest(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
      return java.util.HexFormat.of().formatHex(digest);
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new UncheckedIOException(new IOException(e));
    }
  }
}
