package io.vivace.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.vivace.block.BlockMeta;
import io.vivace.block.BlockReader;
import io.vivace.block.ByteArrayRangeReader;
import io.vivace.wire.tempopb.SearchRequest;
import io.vivace.wire.tempopb.SearchTagValuesRequest;
import io.vivace.wire.tempopb.SearchTagsRequest;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DamagedBlockTest {
  private static final int ROUNDS = 100;

  private static final List<String> QUERIES =
      List.of(
          "{ .service.name != \"x\" && span.http.status_code >= 0 } | select(event:name)",
          "{ event:timeSinceStart >= 0s || link:spanID != \"\" } && { }",
          "{ span.k != nil || !(resource.env = \"a\") } >> { } | by(name) | count() > 0",
          "{ instrumentation:name =~ \".*\" && traceDuration > 0s && rootName != \"\" }");

  @Test
  void meetsDamageWithADeclaredErrorOnly() throws IOException {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (String variant : List.of("handmade/v4-2.9", "handmade/v5-3.0", "handmade/v3-2.9")) {
      BlockMeta meta = GoldenBlocks.meta(variant);
      byte[] data = GoldenBlocks.data(variant);
      for (int round = 0; round < ROUNDS; round++) {
        byte[] damaged = damage(data, random);
        try {
          use(BlockReader.open(meta, new ByteArrayRangeReader(damaged), shard -> new byte[0]));
        } catch (IOException e) {
          assertThat(e.getMessage()).isNotEmpty();
        } catch (RuntimeException | Error e) {
          fail(variant + " round " + round + " seed " + seed, e);
        }
      }
    }
  }

  private static byte[] damage(byte[] data, Random random) {
    byte[] damaged = data.clone();
    for (int n = random.nextInt(8); n >= 0; n--) {
      int at = random.nextInt(damaged.length);
      if (random.nextInt(4) == 0) {
        at = damaged.length - 1 - random.nextInt(Math.min(damaged.length, 40_000));
      }
      damaged[at] = (byte) random.nextInt(256);
    }
    return damaged;
  }

  private static void use(BlockReader block) throws IOException {
    BlockSearch search = new BlockSearch(block);
    for (String query : QUERIES) {
      assertThat(search.search(SearchRequest.newBuilder().setQuery(query).build())).isNotNull();
    }
    assertThat(search.search(SearchRequest.newBuilder().putTags("name", "a").build())).isNotNull();
    assertThat(search.searchTagsV2(SearchTagsRequest.getDefaultInstance(), 0)).isNotNull();
    SearchTagValuesRequest values =
        SearchTagValuesRequest.newBuilder().setTagName("span.k").build();
    assertThat(search.searchTagValuesV2(values, 0)).isNotNull();
  }
}
