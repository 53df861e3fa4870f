package io.vivace.block;

import static org.assertj.core.api.Assertions.assertThat;

import io.vivace.wire.TraceId;
import java.io.EOFException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Damaged files come out as [BlockFormatException] and nothing else, and cost no more memory than
/// their size warrants.
final class DamagedBlockTest {
  private static final long MEMORY = 16 << 20;

  @Test
  void reportsDamageOfGoldenBlocks() throws IOException {
    for (String variant : new String[] {"v3-2.9", "v4-2.9", "v4-3.0", "v5-3.0"}) {
      Path folder = Corpus.folder().resolve("blocks/handmade/" + variant);
      if (Files.exists(folder)) {
        damage(Corpus.block(folder).meta(), data(folder), 120, 11);
      }
    }
  }

  @Test
  void reportsDamageOfOurBlocks() throws IOException {
    for (BlockOptions.Compression codec : BlockOptions.Compression.values()) {
      WrittenBlock written =
          WrittenBlock.of(
              new RandomTraces(3).traces(40),
              BlockWriterTest.DEDICATED,
              new BlockOptions(60_000, codec, 0.01, 1024));
      damage(written.finished().meta(), written.data(), 120, 12);
    }
  }

  private static byte[] data(Path folder) throws IOException {
    return Files.readAllBytes(Corpus.blockFolder(folder).resolve("data.parquet"));
  }

  private static void damage(BlockMeta meta, byte[] data, int copies, long seed) {
    Random random = new Random(seed);
    long plain = allocated(meta, data, "undamaged");
    for (int copy = 0; copy < copies; copy++) {
      byte[] damaged = damaged(meta, data, random);
      String name = meta.format() + " seed " + seed + " copy " + copy;
      long limit = plain + MEMORY + 16L * data.length;
      assertThat(allocated(meta, damaged, name)).as(name).isLessThan(limit);
    }
  }

  /// Half of the damage goes where the footer and the indexes are.
  private static byte[] damaged(BlockMeta meta, byte[] data, Random random) {
    byte[] damaged = data.clone();
    int tail = (int) Math.min(data.length, meta.footerSize() * 2);
    int at =
        random.nextBoolean() ? random.nextInt(data.length) : data.length - 1 - random.nextInt(tail);
    switch (random.nextInt(6)) {
      case 0 -> damaged[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> damaged[at] = (byte) random.nextInt();
      case 2 -> Arrays.fill(damaged, at, Math.min(data.length, at + 64), (byte) 0);
      case 3 -> Arrays.fill(damaged, at, Math.min(data.length, at + 5), (byte) 0xff);
      case 4 -> {
        for (int i = at; i < Math.min(data.length, at + 20); i++) {
          damaged[i] = (byte) random.nextInt();
        }
      }
      default -> damaged = Arrays.copyOf(data, at);
    }
    return damaged;
  }

  /// Bytes that reading everything takes, whether it succeeds or not.
  private static long allocated(BlockMeta meta, byte[] data, String name) {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    readAll(meta, data, name);
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  private static void readAll(BlockMeta meta, byte[] data, String name) {
    @Nullable BlockReader block = null;
    try {
      block = BlockReader.open(meta, new ByteArrayRangeReader(data), _ -> new byte[0]);
      TraceRows rows = block.rows(16 << 10);
      int found = 0;
      for (TraceRow row = rows.next(); row != null; row = rows.next()) {
        // bounds in the footer may be damaged without a sign: any answer is possible
        if (found++ < 3) {
          block.findWithoutBloom(row.id());
        }
      }
      block.findWithoutBloom(new TraceId(0, 99));
    } catch (BlockFormatException e) {
      assertThat(e).hasMessageContaining(meta.blockId().toString());
    } catch (EOFException e) {
      throw new AssertionError(name + ": " + e, e);
    } catch (IOException | RuntimeException e) {
      throw new AssertionError(name + ": " + e, e);
    }
    if (block != null) {
      readColumns(meta, block, name);
    }
  }

  private static void readColumns(BlockMeta meta, BlockReader block, String name) {
    for (String path : block.columns()) {
      for (int group = 0; group < block.rowGroupCount(); group++) {
        try {
          ColumnVector column = block.rowGroup(group).column(path);
          assertThat(column.valueCount()).isLessThanOrEqualTo(column.levels().size());
        } catch (BlockFormatException e) {
          assertThat(e).hasMessageContaining(meta.blockId().toString());
        } catch (IOException | RuntimeException e) {
          throw new AssertionError(name + " " + path + ": " + e, e);
        }
      }
    }
  }
}
