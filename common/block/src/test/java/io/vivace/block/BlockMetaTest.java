package io.vivace.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

final class BlockMetaTest {
  @TestFactory
  Stream<DynamicTest> readsAndWritesMetaJsonAsTempoDoes() throws IOException {
    return Corpus.lines("ids/meta-json.jsonl")
        .map(line -> dynamicTest("input " + line.get("input").stringValue(), () -> check(line)));
  }

  private static void check(JsonNode line) throws IOException {
    byte[] input = line.get("input").stringValue().getBytes(StandardCharsets.UTF_8);
    if (line.get("tempo29").has("error")) {
      assertThatThrownBy(() -> BlockMeta.parse(input, "test"))
          .isInstanceOf(BlockFormatException.class);
      return;
    }
    BlockMeta meta = BlockMeta.parse(input, "test");
    // 2.9 drops the options of columns, 3.0 keeps them, so do we
    boolean options = meta.dedicatedColumns().stream().anyMatch(c -> !c.options().isEmpty());
    JsonNode recorded = line.get(options ? "tempo30" : "tempo29");
    String written = new String(meta.toJson(), StandardCharsets.UTF_8);
    if (!options) {
      JsonNode expected = Corpus.JSON.readTree(recorded.get("json").stringValue());
      if (expected.get("startTime").stringValue().endsWith("Z")) {
        assertThat(written).isEqualTo(recorded.get("json").stringValue());
      } else {
        // an offset is kept by Tempo; we write the same instant in UTC
        assertThat(BlockMeta.parse(meta.toJson(), "test")).isEqualTo(meta);
      }
    }
    assertThat(Long.toUnsignedString(meta.dedicatedColumnsHash()))
        .isEqualTo(recorded.get("dedicatedColumnsHash").asString());
  }

  @TestFactory
  Stream<DynamicTest> hashesDedicatedColumnsAsTempo30Does() throws IOException {
    return Corpus.lines("ids/dedicated-hash.jsonl")
        .map(line ->
            dynamicTest(
                line.get("dedicatedColumns").toString(),
                () -> {
                  String expected = line.get("tempo30").stringValue();
                  expected = expected.equals("=") ? line.get("tempo29").stringValue() : expected;
                  List<DedicatedColumn> columns = new ArrayList<>();
                  String json = "{\"dedicatedColumns\":" + line.get("dedicatedColumns") + "}";
                  columns.addAll(
                      BlockMeta.parse(json.getBytes(StandardCharsets.UTF_8), "test")
                          .dedicatedColumns());
                  assertThat(Long.toUnsignedString(DedicatedColumns.hash(columns)))
                      .isEqualTo(expected);
                }));
  }
}
