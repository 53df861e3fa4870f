package io.vivace.compactor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What a compactor writes down before it merges blocks: which, and into which.
///
/// @param output the block that will be there
/// @param hash of the job, which tells who finishes it when this compactor cannot
/// @param inputs the blocks that it replaces
record Claim(UUID output, String hash, List<UUID> inputs) {
  private static final JsonMapper MAPPER = new JsonMapper();

  Claim {
    inputs = List.copyOf(inputs);
  }

  byte[] toJson() {
    ObjectNode root = MAPPER.createObjectNode().put("output", output.toString()).put("hash", hash);
    ArrayNode list = root.putArray("inputs");
    inputs.forEach(input -> list.add(input.toString()));
    return root.toString().getBytes(StandardCharsets.UTF_8);
  }

  /// @param name of the object, for errors
  /// @throws IOException when it is no claim
  static Claim parse(byte[] json, String name) throws IOException {
    try {
      JsonNode root = MAPPER.readTree(json);
      List<UUID> inputs = new ArrayList<>();
      for (JsonNode input : root.path("inputs")) {
        inputs.add(UUID.fromString(input.asString()));
      }
      UUID output = UUID.fromString(root.path("output").asString());
      return new Claim(output, root.path("hash").asString(), inputs);
    } catch (JacksonException | IllegalArgumentException e) {
      throw new IOException("object " + name + ": no claim of a compactor (expected: one)", e);
    }
  }
}
