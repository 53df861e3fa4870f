package io.vivace.distributor.receiver.jaeger;

import static org.assertj.core.api.Assertions.assertThat;

import io.jaegertracing.thriftjava.Batch;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TranslationTwinTest {
  private static final long SEED = System.nanoTime();
  private static final int BATCHES = 2000;

  @Test
  void translatesProtobufLikeTheSlowTranslation() throws Exception {
    RandomBatches batches = new RandomBatches(new SplittableRandom(SEED), true);
    SlowTranslation slow = new SlowTranslation(true);
    for (int i = 0; i < BATCHES; i++) {
      Sample.Batch batch = batches.next();
      assertThat(OtlpText.lines(JaegerProto.translate(ProtoEncoder.request(batch))))
          .as("seed %d, batch %d: %s", SEED, i, batch)
          .isEqualTo(OtlpText.lines(slow.translate(batch)));
    }
  }

  @Test
  void translatesBothThriftProtocolsLikeTheSlowTranslation() throws Exception {
    RandomBatches batches = new RandomBatches(new SplittableRandom(SEED), false);
    SlowTranslation slow = new SlowTranslation(false);
    for (int i = 0; i < BATCHES; i++) {
      Sample.Batch batch = batches.next();
      Batch thrift = ThriftEncoder.batch(batch);
      List<String> expected = OtlpText.lines(slow.translate(batch));
      assertThat(OtlpText.lines(JaegerThrift.translateBinary(ThriftEncoder.binary(thrift))))
          .as("seed %d, batch %d: %s", SEED, i, batch)
          .isEqualTo(expected);
      assertThat(OtlpText.lines(JaegerThrift.translateCompact(ThriftEncoder.compact(thrift))))
          .as("seed %d, batch %d: %s", SEED, i, batch)
          .isEqualTo(expected);
    }
  }
}
