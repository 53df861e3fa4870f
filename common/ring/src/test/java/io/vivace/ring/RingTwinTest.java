package io.vivace.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.vivace.ring.Instance.State;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// The ring against a slow, obviously right one.
class RingTwinTest {
  private static final State[] MEMBERS = {
    State.ACTIVE,
    State.ACTIVE,
    State.ACTIVE,
    State.ACTIVE,
    State.LEAVING,
    State.PENDING,
    State.JOINING
  };

  private final long seed = 20261124;
  private final Random random = new Random(seed);

  private Map<Instance, int[]> members(int zones) {
    Map<Instance, int[]> members = new HashMap<>();
    Set<Integer> taken = new HashSet<>();
    int count = 1 + random.nextInt(9);
    for (int i = 0; i < count; i++) {
      Instance instance =
          new Instance(
              "i" + i,
              "host-" + i,
              zones == 0 ? "" : "zone-" + i % zones,
              MEMBERS[random.nextInt(MEMBERS.length)],
              random.nextInt(8) == 0,
              random.nextInt(5) > 0,
              Instance.Times.UNKNOWN);
      int[] tokens = new int[1 + random.nextInt(5)];
      for (int j = 0; j < tokens.length; j++) {
        do {
          tokens[j] = random.nextInt(1000) - 500;
        } while (!taken.add(tokens[j]));
      }
      members.put(instance, tokens);
    }
    return members;
  }

  @Test
  void choosesTheSameReplicas() {
    for (int round = 0; round < 20_000; round++) {
      int zones = random.nextInt(4);
      Map<Instance, int[]> members = members(zones);
      Replication replication =
          new Replication(1 + random.nextInt(3), zones > 0 && random.nextBoolean(), Set.of());
      Operation operation = Operation.values()[random.nextInt(3)];
      int key = random.nextInt(1000) - 500;
      String where = "seed %d round %d %s %s".formatted(seed, round, replication, operation);
      List<Instance> owners = slowOwners(members, replication, operation, key);
      int needed =
          replication.factor() == 2 ? 1 : Math.max(replication.factor(), owners.size()) / 2 + 1;
      List<Instance> willing = owners.stream().filter(operation::isServedBy).toList();
      List<Instance> able =
          owners.stream().filter(o -> o.isReachable() && o.state() == State.ACTIVE).toList();
      boolean isShort = willing.size() < needed && operation != Operation.READ;
      List<Instance> healthy = isShort && able.size() >= needed ? able : willing;
      try {
        RingView.Replicas found = RingView.of(members, replication).replicas(key, operation);
        assertThat(found.instances()).as(where).isEqualTo(healthy);
        assertThat(found.quorum()).as(where).isEqualTo(needed);
        assertThat(healthy.size()).as(where).isGreaterThanOrEqualTo(needed);
      } catch (RingException e) {
        assertThat(healthy.size()).as(where).isLessThan(needed);
      }
    }
  }

  private static List<Instance> slowOwners(
      Map<Instance, int[]> members, Replication replication, Operation operation, int key) {
    TreeMap<Long, Instance> clockwise = new TreeMap<>();
    members.forEach((instance, tokens) -> {
      for (int token : tokens) {
        clockwise.put(Integer.toUnsignedLong(token), instance);
      }
    });
    List<Instance> walk =
        new ArrayList<>(clockwise.tailMap(Integer.toUnsignedLong(key), false).values());
    walk.addAll(clockwise.headMap(Integer.toUnsignedLong(key), true).values());
    Set<Instance> chosen = new LinkedHashSet<>();
    Set<String> zones = new HashSet<>();
    int wanted = replication.factor();
    for (Instance next : walk) {
      boolean isZoneTaken = replication.isZoneAware() && zones.contains(next.zone());
      if (chosen.size() < wanted && !isZoneTaken && chosen.add(next)) {
        if (operation.goesOnAfter(next)) {
          wanted++;
        } else if (!next.zone().isEmpty()) {
          zones.add(next.zone());
        }
      }
    }
    return List.copyOf(chosen);
  }

  /// Whatever may fail of a read set, every quorum of every key has a member among the others.
  @Test
  void aReadMeetsEveryWrite() {
    for (int round = 0; round < 3000; round++) {
      int zones = random.nextInt(3) == 0 ? 3 : 0;
      Map<Instance, int[]> members = members(zones);
      RingView view = RingView.of(members, new Replication(3, zones > 0, Set.of()));
      ReadSet read;
      RingView.Replicas written;
      try {
        read = view.readSet();
        written = view.replicas(random.nextInt(), Operation.WRITE);
      } catch (RingException e) {
        continue;
      }
      List<Set<Instance>> units = units(read);
      for (Set<Instance> quorum : subsets(written.instances(), written.quorum())) {
        long missed =
            units.stream().filter(unit -> unit.stream().anyMatch(quorum::contains)).count();
        assertThat(missed)
            .as("seed %d round %d %s %s", seed, round, read, quorum)
            .isGreaterThan(read.maxFailures());
      }
    }
  }

  private static List<Set<Instance>> units(ReadSet read) {
    Map<String, Set<Instance>> units = new TreeMap<>();
    for (Instance instance : read.instances()) {
      units
          .computeIfAbsent(
              read.isByZone() ? instance.zone() : instance.id(), key -> new HashSet<>())
          .add(instance);
    }
    return List.copyOf(units.values());
  }

  private static List<Set<Instance>> subsets(List<Instance> of, int size) {
    List<Set<Instance>> subsets = new ArrayList<>();
    for (int bits = 0; bits < 1 << of.size(); bits++) {
      if (Integer.bitCount(bits) == size) {
        Set<Instance> subset = new HashSet<>();
        for (int i = 0; i < of.size(); i++) {
          if ((bits >> i & 1) == 1) {
            subset.add(of.get(i));
          }
        }
        subsets.add(subset);
      }
    }
    return subsets;
  }

  @Test
  void zonesOfReplicasAreDistinct() throws RingException {
    Map<Instance, int[]> members = new HashMap<>();
    for (int i = 0; i < 9; i++) {
      members.put(
          new Instance("i" + i, "h" + i, "z" + i % 3, State.ACTIVE),
          random.ints(16).distinct().toArray());
    }
    RingView view = RingView.of(members, new Replication(3, true, Set.of()));
    for (int i = 0; i < 1000; i++) {
      Set<String> zones = new TreeSet<>();
      view.replicas(random.nextInt()).instances().forEach(owner -> zones.add(owner.zone()));
      assertThat(zones).containsExactly("z0", "z1", "z2");
    }
    RingView without = RingView.of(members, new Replication(3, true, Set.of("z1")));
    assertThat(without.instances()).hasSize(6);
  }

  @Test
  void whoLeftWithDataIsAFailureOfReads() throws RingException {
    Map<Instance, int[]> members = new HashMap<>();
    for (int i = 0; i < 3; i++) {
      members.put(new Instance("i" + i, "h" + i, "", State.ACTIVE), new int[] {i});
    }
    assertThat(RingView.of(members, 3).readSet().maxFailures()).isEqualTo(1);
    members.put(new Instance("gone", "h", "", State.LEFT), new int[] {9});
    RingView view = RingView.of(members, 3);
    assertThat(view.instances()).hasSize(3);
    assertThat(view.readSet().maxFailures()).isZero();
  }
}
