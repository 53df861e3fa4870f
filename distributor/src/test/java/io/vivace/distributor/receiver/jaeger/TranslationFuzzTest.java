package io.vivace.distributor.receiver.jaeger;

import static org.assertj.core.api.Assertions.assertThat;

import com.twitter.zipkin.thriftjava.Annotation;
import com.twitter.zipkin.thriftjava.Endpoint;
import com.twitter.zipkin.thriftjava.Span;
import io.jaegertracing.agent.thrift.Agent;
import io.vivace.wire.otlp.MalformedOtlpException;
import io.vivace.wire.otlp.OtlpBatch;
import io.vivace.wire.otlp.OtlpScanner;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.apache.thrift.TBase;
import org.apache.thrift.protocol.TMessageType;
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

  @Test
  void takesOrRefusesDamagedDatagrams() throws Exception {
    RandomBatches batches = new RandomBatches(random, false);
    byte[] zipkin =
        ThriftEncoder.compactMessage("emitZipkinBatch", TMessageType.ONEWAY, zipkinBatch());
    for (int i = 0; i < ITERATIONS; i++) {
      TBase<?, ?> batch = new Agent.emitBatch_args(ThriftEncoder.batch(batches.next()));
      boolean strict = random.nextBoolean();
      byte[] binary = ThriftEncoder.binaryMessage("emitBatch", TMessageType.ONEWAY, strict, batch);
      check(damaged(binary), datagram -> agent(datagram, ThriftProtocols::binary));
      byte[] compact = ThriftEncoder.compactMessage("emitBatch", TMessageType.ONEWAY, batch);
      check(damaged(compact), datagram -> agent(datagram, ThriftProtocols::compact));
      check(damaged(zipkin), datagram -> agent(datagram, ThriftProtocols::compact));
    }
    assertThat(accepted).as("seed %d", SEED).isPositive();
  }

  private static byte[] agent(byte[] datagram, AgentMessage.Protocol protocol)
      throws MalformedOtlpException {
    try {
      return AgentMessage.translate(datagram, protocol);
    } catch (AgentMessage.UnknownException _) {
      return new byte[0];
    }
  }

  private static TBase<?, ?> zipkinBatch() {
    Endpoint host = new Endpoint(0x7f000001, (short) 80, "legacy");
    Annotation received = new Annotation(1000, "sr").setHost(host);
    return new Agent.emitZipkinBatch_args(
        List.of(new Span(5, "get", 6, List.of(received), List.of())));
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
