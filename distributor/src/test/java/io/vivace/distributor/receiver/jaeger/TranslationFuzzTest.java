package io.vivace.distributor.receiver.jaeger;

import static org.assertj.core.api.Assertions.assertThat;

import io.vivace.wire.otlp.MalformedOtlpException;
import io.vivace.wire.otlp.OtlpBatch;
import io.vivace.wire.otlp.OtlpScanner;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// Damaged messages are translated or refused as malformed, and what comes out is OTLP of bounded
/// size. `-Dfuzz.iterations=1000000` searches longer.
class TranslationFuzzTest {
  private static final long SEED = System.nanoTime();
  private static final int ITERATIONS = Integer.getInteger("fuzz.iterations", 5_000);

  /// What the longest text of the translation, that of an unknown type, can make of a tag of two
  /// bytes, and some.
  private static final int GROWTH = 64;

  private final RandomGenerator random = new SplittableRandom(SEED);
  private int accepted;

  private interface Translation {
    byte[] translate(byte[] message) throws MalformedOtlpException;
  }

  @Test
  void takesOrRefusesDamagedProtobuf() throws Exception {
    RandomBatches batches = new RandomBatches(random, true);
    for (int i = 0; i < ITERATIONS; i++) {
      check(damaged(ProtoEncoder.request(batches.next())), JaegerProto::translate);
    }
    assertThat(accepted).as("seed %d", SEED).isPositive();
  }

  @Test
  void takesOrRefusesDamagedBinaryThrift() throws Exception {
    RandomBatches batches = new RandomBatches(random, false);
    for (int i = 0; i < ITERATIONS; i++) {
      byte[] batch = ThriftEncoder.binary(ThriftEncoder.batch(batches.next()));
      check(damaged(batch), JaegerThrift::translateBinary);
    }
    assertThat(accepted).as("seed %d", SEED).isPositive();
  }

  @Test
  void takesOrRefusesDamagedCompactThrift() throws Exception {
    RandomBatches batches = new RandomBatches(random, false);
    for (int i = 0; i < ITERATIONS; i++) {
      byte[] batch = ThriftEncoder.compact(ThriftEncoder.batch(batches.next()));
      check(damaged(batch), JaegerThrift::translateCompact);
    }
    assertThat(accepted).as("seed %d", SEED).isPositive();
  }

  private void check(byte[] message, Translation translation) throws Exception {
    byte[] otlp;
    try {
      otlp = translation.translate(message);
    } catch (MalformedOtlpException e) {
      assertThat(e).as("seed %d", SEED).hasMessageNotContaining("null");
      return;
    } catch (RuntimeException e) {
      throw new AssertionError("seed " + SEED + ": " + HexFormat.of().formatHex(message), e);
    }
    accepted++;
    assertThat(otlp.length).isLessThanOrEqualTo(1024 + GROWTH * message.length);
    OtlpBatch batch = OtlpScanner.scan(otlp);
    assertThat(OtlpText.lines(batch.bytes())).hasSize(batch.spanCount());
  }

  private byte[] damaged(byte[] message) {
    byte[] bytes = message.clone();
    if (bytes.length == 0) {
      return bytes;
    }
    for (int i = random.nextInt(4); i >= 0; i--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(4)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes[at] = (byte) random.nextInt();
        case 2 -> bytes[at] = (byte) 0xff;
        default -> {
          int length = random.nextInt(bytes.length - at);
          System.arraycopy(bytes, at, bytes, random.nextInt(bytes.length - length), length);
        }
      }
    }
    return random.nextInt(4) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
  }
}
