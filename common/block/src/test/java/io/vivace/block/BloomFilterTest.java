package io.vivace.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.vivace.wire.TraceId;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

final class BloomFilterTest {
  @TestFactory
  Stream<DynamicTest> writesTheFilesOfTempoByteByByte() throws IOException {
    return Corpus.lines("ids/bloom-filters.jsonl")
        .map(line -> dynamicTest(line.get("estimatedObjects").toString(), () -> check(line)));
  }

  private static void check(JsonNode line) throws Exception {
    BloomFilter filter =
        BloomFilter.create(
            line.get("estimatedObjects").longValue(),
            line.get("falsePositive").doubleValue(),
            line.get("shardBytes").intValue());
    assertThat(filter.shardCount()).isEqualTo(line.get("shardCount").intValue());
    for (JsonNode member : line.get("members")) {
      filter.add(TraceId.ofHex(member.stringValue()));
    }
    for (JsonNode file : line.get("files")) {
      String name = file.get("name").stringValue();
      byte[] bytes = filter.file(Integer.parseInt(name.substring("bloom-".length())));
      assertThat(bytes).hasSize(file.get("size").intValue());
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      assertThat(HexFormat.of().formatHex(digest)).isEqualTo(file.get("sha256").stringValue());
    }
    for (JsonNode probe : line.get("probe")) {
      TraceId id = TraceId.ofHex(probe.get("traceId").stringValue());
      byte[] shard = filter.file(BloomFilter.shardOf(id, filter.shardCount()));
      assertThat(BloomFilter.mayContain(shard, id, "test"))
          .as(id.toString())
          .isEqualTo(probe.get("maybe").booleanValue());
    }
  }

  @TestFactory
  Stream<DynamicTest> choosesTheShardThatTempoChooses() throws IOException {
    return Corpus.lines("ids/bloom-shards.jsonl")
        .map(line ->
            dynamicTest(
                line.get("traceId").stringValue(),
                () -> {
                  TraceId id = TraceId.ofHex(line.get("traceId").stringValue());
                  line.get("shard")
                      .forEachEntry((count, shard) ->
                          assertThat(BloomFilter.shardOf(id, Integer.parseInt(count)))
                              .isEqualTo(shard.intValue()));
                }));
  }
}
