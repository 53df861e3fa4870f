package io.vivace.ring.gossip;

import io.vivace.ring.Instance;
import io.vivace.ring.Replication;
import io.vivace.ring.Ring;
import io.vivace.ring.RingView;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A ring whose members tell each other what they are.
final class GossipRing implements Ring {
  private final String key;
  private final Replication replication;
  private final @Nullable Duration forgetAfter;
  private volatile RingView view;

  GossipRing(String key, Replication replication, @Nullable Duration forgetAfter) {
    this.key = key;
    this.replication = replication;
    this.forgetAfter = forgetAfter;
    this.view = RingView.of(Map.of(), replication);
  }

  String key() {
    return key;
  }

  /// After how long an unreachable member is forgotten, null for never.
  @Nullable Duration forgetAfter() {
    return forgetAfter;
  }

  @Override
  public RingView view() {
    return view;
  }

  /// Makes a new view. Somebody who left is in it only while its data is nowhere else.
  void refresh(
      Collection<Descriptor> members, Predicate<Descriptor> reachable, Departures departures) {
    Map<Instance, int[]> instances = new HashMap<>();
    for (Descriptor member : members) {
      if (!member.isTombstone() || !member.isHandedOver()) {
        Instance instance =
            new Instance(
                member.id(),
                member.address(),
                member.zone(),
                member.state(),
                member.readOnly().isSet(),
                reachable.test(member),
                new Instance.Times(
                    member.registered(),
                    departures.lastSeen(key, member.id()),
                    member.readOnly().updated()));
        instances.put(instance, member.tokens().toArray());
      }
    }
    view = RingView.of(instances, replication);
  }
}
