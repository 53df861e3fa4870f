package io.vivace.storage.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdInputStream;
import io.vivace.block.BlockFormatException;
import io.vivace.storage.BlockStore;
import io.vivace.storage.LocalObjectStore;
import io.vivace.storage.Metas;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TenantIndexTest {
  private static final String NAME = "single-tenant/index";

  @TempDir private Path folder;

  @Test
  void readsWhatItWrote() throws IOException {
    for (int seed = 0; seed < 200; seed++) {
      RandomGenerator random = new SplittableRandom(seed);
      TenantIndex index = index(random);
      assertThat(TenantIndexBinary.read(TenantIndexBinary.write(index), NAME))
          .as("seed %d", seed)
          .isEqualTo(index);
      assertThat(TenantIndexJson.read(TenantIndexJson.write(index), NAME))
          .as("seed %d", seed)
          .isEqualTo(index);
    }
  }

  @Test
  void prefersTheBinaryIndexAndFallsBackOnlyWhenThereIsNone() throws IOException {
    LocalObjectStore objects = new LocalObjectStore(folder);
    TenantIndexes indexes = new TenantIndexes(objects);
    TenantIndex index = index(new SplittableRandom(7));
    assertThatThrownBy(() -> indexes.read("t")).isInstanceOf(NoSuchFileException.class);
    indexes.write("t", index);
    assertThat(indexes.read("t")).isEqualTo(index);
    objects.write("t/index.json.gz", new byte[] {1});
    assertThat(indexes.read("t")).isEqualTo(index);
    indexes.write("t", index);
    objects.write("t/index.pb.zst", new byte[] {1, 2, 3});
    assertThatThrownBy(() -> indexes.read("t")).isInstanceOf(BlockFormatException.class);
    objects.delete("t/index.pb.zst");
    assertThat(indexes.read("t")).isEqualTo(index);
    indexes.write("t", new TenantIndex(Instant.EPOCH, List.of(), List.of()));
    assertThat(objects.list("")).isEmpty();
  }

  @Test
  void answersDamageWithOneException() throws IOException {
    for (int seed = 0; seed < 800; seed++) {
      RandomGenerator random = new SplittableRandom(seed);
      TenantIndex index = index(random);
      damaged(random, TenantIndexBinary.write(index), TenantIndexBinary::read, seed);
      damaged(random, TenantIndexJson.write(index), TenantIndexJson::read, seed);
    }
  }

  @Test
  void answersDamageBelowTheCompressionWithOneException() throws IOException {
    for (int seed = 0; seed < 800; seed++) {
      RandomGenerator random = new SplittableRandom(seed);
      TenantIndex index = index(random);
      byte[] binary = Zstd.compress(mutate(random, plainBinary(index)));
      damaged(random, binary, TenantIndexBinary::read, seed, false);
      byte[] json = gzip(mutate(random, plainJson(index)));
      damaged(random, json, TenantIndexJson::read, seed, false);
    }
  }

  @Test
  void refusesALongTextOfNothing() throws IOException {
    byte[] bomb = gzip(new byte[64 << 20]);
    assertThatThrownBy(() -> TenantIndexJson.read(bomb, NAME))
        .isInstanceOf(BlockFormatException.class);
    byte[] zeros = Zstd.compress(new byte[64 << 20]);
    assertThatThrownBy(() -> TenantIndexBinary.read(zeros, NAME))
        .isInstanceOf(BlockFormatException.class);
  }

  private interface Reader {
    TenantIndex read(byte[] bytes, String name) throws BlockFormatException;
  }

  private static void damaged(RandomGenerator random, byte[] bytes, Reader reader, int seed) {
    damaged(random, mutate(random, bytes), reader, seed, true);
  }

  private static void damaged(
      RandomGenerator random, byte[] bytes, Reader reader, int seed, boolean truncates) {
    byte[] damaged =
        truncates && random.nextInt(4) == 0
            ? Arrays.copyOf(bytes, random.nextInt(bytes.length))
            : bytes;
    try {
      TenantIndex _ = reader.read(damaged, NAME);
    } catch (BlockFormatException e) {
      assertThat(e).hasMessageContaining(NAME);
    } catch (RuntimeException e) {
      throw new AssertionError("seed " + seed, e);
    }
  }

  private static byte[] mutate(RandomGenerator random, byte[] bytes) {
    byte[] mutated = bytes.clone();
    for (int i = random.nextInt(1, 6); i > 0; i--) {
      mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
    }
    return mutated;
  }

  private static byte[] plainBinary(TenantIndex index) throws IOException {
    try (ZstdInputStream in =
        new ZstdInputStream(new ByteArrayInputStream(TenantIndexBinary.write(index)))) {
      return in.readAllBytes();
    }
  }

  private static byte[] plainJson(TenantIndex index) throws IOException {
    try (GZIPInputStream in =
        new GZIPInputStream(new ByteArrayInputStream(TenantIndexJson.write(index)))) {
      byte[] json = in.readAllBytes();
      assertThat(new String(json, StandardCharsets.UTF_8)).startsWith("{\"created_at\":\"");
      return json;
    }
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  private static TenantIndex index(RandomGenerator random) {
    return new TenantIndex(
        Instant.ofEpochSecond(random.nextLong(4_000_000_000L), random.nextInt(1_000_000_000)),
        Stream.generate(() -> Metas.random(random, Metas.tenant(random)))
            .limit(random.nextInt(1, 5))
            .toList(),
        Stream.generate(() ->
                new BlockStore.Compacted(
                    Metas.random(random, Metas.tenant(random)), Metas.time(random)))
            .limit(random.nextInt(4))
            .toList());
  }
}
