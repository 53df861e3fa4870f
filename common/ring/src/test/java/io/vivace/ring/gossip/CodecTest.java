package io.vivace.ring.gossip;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.vivace.ring.gossip.Codec.Item;
import io.vivace.ring.gossip.Codec.Known;
import io.vivace.ring.gossip.Codec.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CodecTest {
  @Test
  void readsWhatItWrote() throws Exception {
    Random random = new Random(3);
    for (int i = 0; i < 500; i++) {
      Message message = message(random);
      assertThat(Codec.decode(Codec.encode(message))).isEqualTo(message);
    }
  }

  private static Message message(Random random) {
    List<Item> items = new ArrayList<>();
    List<Known> digest = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      Descriptor next = Descriptors.random(random);
      items.add(new Item("ring-" + random.nextInt(2), next));
      digest.add(new Known("ring", next.id(), next.order(), next.isTombstone()));
    }
    return new Message(items, random.nextBoolean() ? digest : null, random.nextBoolean());
  }

  @Test
  void damagedMessagesAreRefusedOrReadAsOthers() {
    long seed = 11;
    Random random = new Random(seed);
    for (int round = 0; round < 50_000; round++) {
      byte[] bytes = Codec.encode(message(random));
      for (int i = random.nextInt(3); i >= 0 && bytes.length > 0; i--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      try {
        Message read = Codec.decode(bytes);
        assertThat(read.items().size()).as("seed %d", seed).isLessThanOrEqualTo(bytes.length);
      } catch (InvalidProtocolBufferException e) {
        assertThat(e).hasMessageNotContaining("null");
      }
    }
  }
}
