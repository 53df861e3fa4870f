package io.vivace.ring.gossip;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The tokens of an instance across restarts: a JSON object with an array `tokens`, as Tempo writes
/// it (dskit `ring/tokens.go`), and `epoch`, which Tempo ignores.
final class TokensFile {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long MAX_TOKEN = 0xffff_ffffL;

  private final Path path;

  TokensFile(Path path) {
    this.path = path;
  }

  /// What is kept.
  ///
  /// @param epoch of the last start, 0 when the file is Tempo's
  record Content(Tokens tokens, long epoch) {}

  /// What was kept, empty when there is no file.
  ///
  /// @throws IOException when it cannot be read or is no such file
  Optional<Content> read() throws IOException {
    if (!Files.exists(path)) {
      return Optional.empty();
    }
    try {
      JsonNode root = JSON.readTree(Files.readString(path));
      JsonNode tokens = root.path("tokens");
      if (!tokens.isArray()) {
        throw new IOException(path + ": no array tokens (expected: {\"tokens\":[...]})");
      }
      int[] values = new int[tokens.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = token(tokens.get(i));
      }
      return Optional.of(new Content(Tokens.of(values), root.path("epoch").asLong(0)));
    } catch (JacksonException e) {
      throw new IOException(path + ": no JSON (expected: {\"tokens\":[...]})", e);
    }
  }

  private int token(JsonNode node) throws IOException {
    if (!node.isIntegralNumber() || !node.canConvertToLong()) {
      throw new IOException(path + ": token " + node + " (expected: 0 to " + MAX_TOKEN + ")");
    }
    long value = node.asLong();
    if (value < 0 || value > MAX_TOKEN) {
      throw new IOException(path + ": token " + value + " (expected: 0 to " + MAX_TOKEN + ")");
    }
    return (int) value;
  }

  /// Replaces the file; after a crash it is the old or the new one.
  void write(Content content) throws IOException {
    ObjectNode root = JSON.createObjectNode();
    ArrayNode tokens = root.putArray("tokens");
    for (int token : content.tokens.toArray()) {
      tokens.add(Integer.toUnsignedLong(token));
    }
    root.put("epoch", content.epoch);
    Path folder = path.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Path unfinished = path.resolveSibling(path.getFileName() + ".tmp");
    try (FileChannel channel =
        FileChannel.open(
            unfinished,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(root.toString().getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        int _ = channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(
        unfinished, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
