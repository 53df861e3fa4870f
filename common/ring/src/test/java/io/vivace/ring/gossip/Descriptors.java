package io.vivace.ring.gossip;

import io.vivace.ring.Instance.State;
import java.util.random.RandomGenerator;

/// Random descriptors of few instances with few orders, so that they meet.
final class Descriptors {
  private Descriptors() {}

  static Descriptor random(RandomGenerator random) {
    State state = State.values()[random.nextInt(State.values().length)];
    return new Descriptor(
        "id-" + random.nextInt(3),
        "host:" + random.nextInt(2),
        random.nextBoolean() ? "" : "zone",
        state,
        Tokens.of(random.nextInt(4), random.nextInt(4)),
        random.nextInt(2),
        new Descriptor.Order(random.nextInt(3), random.nextInt(3)),
        "node-" + random.nextInt(2),
        new Descriptor.ReadOnly(random.nextBoolean(), random.nextInt(2)),
        random.nextBoolean());
  }

  static Descriptor of(String id, State state, long epoch, long version, String node) {
    return new Descriptor(
        id,
        "host:1",
        "",
        state,
        Tokens.of(1, 2, 3),
        1,
        new Descriptor.Order(epoch, version),
        node,
        Descriptor.ReadOnly.NEVER,
        false);
  }
}
