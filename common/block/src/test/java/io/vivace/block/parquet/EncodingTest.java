package io.vivace.block.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class EncodingTest {
  @Test
  void givesLevelsOfEveryWidthBack() {
    for (long seed = 0; seed < 400; seed++) {
      Random random = new Random(seed);
      int max = 1 + random.nextInt(7);
      int count = random.nextInt(300);
      byte[] levels = new byte[count + 8];
      for (int i = 0; i < count; i++) {
        boolean again = i > 0 && random.nextInt(8) < seed % 8;
        levels[i] = again ? levels[i - 1] : (byte) random.nextInt(max + 1);
      }
      Output out = new Output(16);
      HybridEncoder.levels(levels, count, HybridEncoder.width(max), out);
      assertThat(slowHybrid(out.toBytes(), HybridEncoder.width(max), count))
          .as("seed " + seed)
          .isEqualTo(integers(levels, count));
      byte[] decoded = new byte[count + 3];
      new HybridDecoder().levels(out.toBytes(), 0, out.length, max, count, decoded, 3);
      assertThat(Arrays.copyOfRange(decoded, 3, count + 3))
          .as("seed " + seed)
          .isEqualTo(Arrays.copyOf(levels, count));
    }
  }

  @Test
  void givesIdsOfEveryWidthBack() {
    for (int width = 1; width <= 31; width++) {
      for (long seed = 0; seed < 12; seed++) {
        Random random = new Random(seed * 100 + width);
        int limit = width == 31 ? Integer.MAX_VALUE : 1 << width;
        int[] ids = new int[random.nextInt(200)];
        for (int i = 0; i < ids.length; i++) {
          boolean again = i > 0 && random.nextInt(8) < seed % 8;
          ids[i] = again ? ids[i - 1] : random.nextInt(limit);
        }
        Output out = new Output(16);
        out.put(width);
        HybridEncoder.ids(ids, ids.length, width, out);
        byte[] bytes = out.toBytes();
        int[] decoded = new int[ids.length];
        new HybridDecoder().ids(bytes, 0, bytes.length, limit, ids.length, decoded, 0);
        assertThat(decoded).as("width " + width + " seed " + seed).isEqualTo(ids);
        byte[] runs = Arrays.copyOfRange(bytes, 1, bytes.length);
        assertThat(slowHybrid(runs, width, ids.length)).isEqualTo(ids);
      }
    }
  }

  @Test
  void givesDeltasOfEveryWidthBack() {
    for (int width = 0; width <= 64; width++) {
      for (int count : new int[] {0, 1, 2, 32, 33, 128, 129, 130, 300}) {
        Random random = new Random(width * 1000L + count);
        boolean narrow = width <= 32 && random.nextBoolean();
        long[] values = new long[count];
        for (int i = 0; i < count; i++) {
          long value = width == 0 ? 42 : random.nextLong() >>> 64 - width;
          values[i] = narrow ? (int) value : value;
        }
        Output out = new Output(16);
        new DeltaEncoder().encode(values, count, narrow, out);
        byte[] bytes = out.toBytes();
        long[] decoded = new long[count];
        int end = new DeltaDecoder().decode(bytes, 0, bytes.length, count, decoded, 0);
        assertThat(end).isEqualTo(bytes.length);
        for (int i = 0; narrow && i < count; i++) {
          decoded[i] = (int) decoded[i];
        }
        assertThat(decoded).as("width " + width + " count " + count).isEqualTo(values);
      }
    }
  }

  @Test
  void numbersDistinctStringsInOrder() {
    Random random = new Random(9);
    ByteDictionary dictionary = new ByteDictionary();
    Map<String, Integer> slow = new HashMap<>();
    for (int i = 0; i < 20_000; i++) {
      String text = Integer.toString(random.nextInt(4000), 2 + random.nextInt(20));
      byte[] bytes = ("x" + text + "y").getBytes(StandardCharsets.UTF_8);
      int expected = slow.computeIfAbsent(text, _ -> slow.size());
      assertThat(dictionary.add(bytes, 1, bytes.length - 2)).isEqualTo(expected);
    }
    assertThat(dictionary.size()).isEqualTo(slow.size());
    slow.forEach((text, id) ->
        assertThat(new String(dictionary.entry(id), StandardCharsets.UTF_8)).isEqualTo(text));
  }

  @Test
  void decodersRejectRandomBytes() {
    int rejected = 0;
    for (long seed = 0; seed < 3000; seed++) {
      Random random = new Random(seed);
      byte[] bytes = new byte[random.nextInt(40)];
      random.nextBytes(bytes);
      int count = random.nextInt(200);
      List<Runnable> decoders =
          List.of(
              () -> new DeltaDecoder().decode(bytes, 0, bytes.length, count, new long[count], 0),
              () ->
                  new HybridDecoder().levels(bytes, 0, bytes.length, 5, count, new byte[count], 0),
              () -> new HybridDecoder().ids(bytes, 0, bytes.length, 9, count, new int[count], 0),
              () -> new PageHeader().read(bytes, 0, bytes.length),
              () -> FooterReader.read(bytes, 1000));
      for (Runnable decoder : decoders) {
        try {
          decoder.run();
        } catch (MalformedDataException e) {
          rejected++;
        }
      }
    }
    assertThat(rejected).isGreaterThan(10_000);
  }

  @Test
  void rejectsLevelsAboveTheHighest() {
    Output out = new Output(16);
    HybridEncoder.levels(new byte[] {3, 1, 2, 0, 0, 0, 0, 0, 0, 0, 0}, 3, 2, out);
    assertThatThrownBy(
            () -> new HybridDecoder().levels(out.toBytes(), 0, out.length, 2, 3, new byte[8], 0))
        .isInstanceOf(MalformedDataException.class);
  }

  /// The hybrid encoding read bit by bit.
  private static int[] slowHybrid(byte[] bytes, int width, int count) {
    List<Integer> values = new ArrayList<>();
    int at = 0;
    while (values.size() < count) {
      int header = 0;
      int shift = 0;
      do {
        header |= (bytes[at] & 0x7f) << shift;
        shift += 7;
      } while (bytes[at++] < 0);
      if ((header & 1) == 0) {
        int value = 0;
        for (int i = 0; i < (width + 7) / 8; i++) {
          value |= (bytes[at++] & 0xff) << 8 * i;
        }
        for (int i = 0; i < header >>> 1; i++) {
          values.add(value);
        }
      } else {
        int groups = header >>> 1;
        for (int i = 0; i < groups * 8; i++) {
          int value = 0;
          for (int b = 0; b < width; b++) {
            int bit = i * width + b;
            value |= (bytes[at + bit / 8] >>> bit % 8 & 1) << b;
          }
          values.add(value);
        }
        at += groups * width;
      }
    }
    return values.stream().limit(count).mapToInt(Integer::intValue).toArray();
  }

  private static int[] integers(byte[] levels, int count) {
    int[] integers = new int[count];
    Arrays.setAll(integers, i -> levels[i]);
    return integers;
  }
}
