package io.vivace.distributor.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import io.vivace.wire.otlp.MalformedOtlpException;
import io.vivace.wire.otlp.OtlpScanner;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// Damages payloads at random and gives them to a translator: it may refuse them as malformed, or
/// translate them to OTLP of bounded size, and nothing else. `-Dfuzz.iterations=1000000` searches
/// longer.
public final class DamagedPayloads {
  private static final int ITERATIONS = Integer.getInteger("fuzz.iterations", 4_000);

  /// What the smallest element of a payload becomes, which takes two bytes there.
  private static final int GROWTH = 128;

  private final long seed = System.nanoTime();
  private final RandomGenerator random = new SplittableRandom(seed);

  /// What is under test.
  @FunctionalInterface
  public interface Translator {
    /// The OTLP request of `payload`.
    byte[] translate(byte[] payload) throws MalformedOtlpException;
  }

  /// Gives damaged copies of `samples` to `translator`.
  public void check(List<byte[]> samples, Translator translator) {
    int accepted = 0;
    for (int i = 0; i < ITERATIONS; i++) {
      byte[] payload = damage(samples.get(random.nextInt(samples.size())));
      try {
        byte[] otlp = translator.translate(payload);
        accepted++;
        assertThat(otlp.length).isLessThanOrEqualTo(1024 + GROWTH * payload.length);
        OtlpScanner.scan(otlp);
      } catch (MalformedOtlpException e) {
        assertThat(e.getMessage()).isNotBlank();
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("seed " + seed + ": " + HexFormat.of().formatHex(payload), e);
      }
    }
    assertThat(accepted).as("seed %d", seed).isPositive();
  }

  private byte[] damage(byte[] sample) {
    byte[] bytes = sample.clone();
    for (int i = random.nextInt(4); i > 0 && bytes.length > 0; i--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(6)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes[at] = (byte) random.nextInt();
        case 2 -> bytes[at] = (byte) 0xff;
        case 3 -> bytes = Arrays.copyOf(bytes, at);
        case 4 -> bytes = repeat(bytes, at, random.nextInt(bytes.length - at) + 1);
        default -> {
          int length = random.nextInt(bytes.length - at);
          System.arraycopy(bytes, at, bytes, random.nextInt(bytes.length - length), length);
        }
      }
    }
    return bytes;
  }

  private static byte[] repeat(byte[] bytes, int from, int length) {
    byte[] longer = new byte[bytes.length + length];
    System.arraycopy(bytes, 0, longer, 0, from + length);
    System.arraycopy(bytes, from, longer, from + length, bytes.length - from);
    return longer;
  }
}
