package io.vivace.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.vivace.block.row.BlockFormat;
import io.vivace.wire.TraceId;
import io.vivace.wire.tempopb.Trace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/// Blocks that Tempo wrote decode to what Tempo gave back.
final class GoldenBlockTest {
  @TestFactory
  Stream<DynamicTest> decodesEveryRow() throws IOException {
    return variants("rows", GoldenBlockTest::checkRows);
  }

  @TestFactory
  Stream<DynamicTest> findsEveryTraceById() throws IOException {
    return variants("find", GoldenBlockTest::checkFind);
  }

  @TestFactory
  Stream<DynamicTest> decodesEveryColumnWhole() throws IOException {
    return variants("columns", GoldenBlockTest::checkColumns);
  }

  private interface Check {
    void run(Path variant, BlockReader block) throws IOException;
  }

  private static Stream<DynamicTest> variants(String what, Check check) throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (Path variant : Corpus.variants()) {
      if (Corpus.isReadable(variant)) {
        String name = Corpus.folder().relativize(variant).toString();
        tests.add(dynamicTest(name + " " + what, () -> check.run(variant, Corpus.block(variant))));
      }
    }
    assertThat(tests).isNotEmpty();
    return tests.stream();
  }

  private static void checkRows(Path variant, BlockReader block) throws IOException {
    Map<String, String> digests = digests(variant);
    Map<String, String> texts = texts(variant);
    int rows = 0;
    TraceRows all = block.rows(64 << 10);
    for (TraceRow row = all.next(); row != null; row = all.next(), rows++) {
      String text = CanonicalTrace.text(row.trace());
      String id = row.id().toString();
      if (texts.containsKey(id)) {
        assertThat(text).as(id).isEqualTo(texts.get(id));
      } else if (!digests.isEmpty()) {
        assertThat(Corpus.sha256(text)).as(id).isEqualTo(digests.get(id));
      }
    }
    assertThat(rows).isEqualTo((int) block.meta().totalObjects());
  }

  private static void checkFind(Path variant, BlockReader block) throws IOException {
    TraceRows all = block.rows(64 << 10);
    int number = 0;
    for (TraceRow row = all.next(); row != null; row = all.next(), number++) {
      if (number % Math.max(1, (int) (block.meta().totalObjects() / 50)) == 0) {
        // version 3 puts ids into the filter without padding them
        boolean padded = block.format() != BlockFormat.VPARQUET3;
        Optional<Trace> found = padded ? block.find(row.id()) : block.findWithoutBloom(row.id());
        assertThat(found).as(row.id().toString()).contains(row.trace());
      }
    }
    for (JsonNode line :
        (Iterable<JsonNode>) Corpus.lines(variant.resolve("absent.jsonl"))::iterator) {
      TraceId id = TraceId.ofHex(line.get("traceId").stringValue());
      assertThat(block.find(id)).isEmpty();
      assertThat(block.findWithoutBloom(id)).isEmpty();
    }
  }

  private static void checkColumns(Path variant, BlockReader block) throws IOException {
    for (int i = 0; i < block.rowGroupCount(); i++) {
      RowGroup group = block.rowGroup(i);
      for (String path : block.columns()) {
        ColumnVector column = group.column(path);
        int rows = 0;
        for (byte level : column.levels().repetition()) {
          rows += level == 0 ? 1 : 0;
        }
        assertThat(rows).as(path).isEqualTo(group.rows());
        if (column instanceof BinaryVector binary && binary.dictionaryEncoded()) {
          assertThat(group.dictionary(path).orElseThrow().size())
              .isEqualTo(binary.dictionary().size());
        }
      }
    }
  }

  private static Map<String, String> texts(Path variant) throws IOException {
    Map<String, String> texts = new TreeMap<>();
    for (String file : List.of("traces.jsonl", "traces-changed.jsonl.gz")) {
      Corpus.lines(variant.resolve(file))
          .filter(line -> !line.has("asked") && !line.get("trace").isNull())
          .forEach(line ->
              texts.put(
                  line.get("traceId").stringValue(),
                  withoutFlags(Corpus.canonical(line.get("trace")))));
    }
    return texts;
  }

  /// Only version 3 keeps flags of links, and the canonical form leaves them out.
  private static String withoutFlags(String text) {
    return text.replaceAll(",\"flags\":\\d+", "");
  }

  private static Map<String, String> digests(Path variant) throws IOException {
    Map<String, String> digests = new TreeMap<>();
    Path own = variant.resolve("traces.sha256");
    Path sibling = variant.resolveSibling("v3-2.9").resolve("traces.sha256");
    Path path = Files.exists(own) || !variant.toString().contains("mid") ? own : sibling;
    if (Files.exists(path)) {
      for (String line : Files.readAllLines(path)) {
        digests.put(line.substring(0, 32), line.substring(33));
      }
    }
    return digests;
  }
}
