package io.vivace.ring;

import io.vivace.ring.Instance.State;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// An immutable picture of a ring: members, tokens, and who holds the replicas of a key.
///
/// Tokens are unsigned 32-bit numbers. The replicas of a key are the owners of the first tokens
/// strictly greater than it, walking clockwise and wrapping to 0; an instance that cannot take the
/// write keeps its place but makes the walk go on to one more (`docs/reference`: ring lookup).
public final class RingView {
  private final List<Instance> instances;
  private final List<Instance> away;
  private final int[] tokens;
  private final int[] owners;
  private final Replication replication;

  private RingView(
      List<Instance> instances,
      List<Instance> away,
      int[] tokens,
      int[] owners,
      Replication replication) {
    this.instances = instances;
    this.away = away;
    this.tokens = tokens;
    this.owners = owners;
    this.replication = replication;
  }

  /// A view of `members`.
  ///
  /// @param members each instance with its tokens, in any order
  /// @param replicationFactor how many instances hold a key, 1 or more
  public static RingView of(Map<Instance, int[]> members, int replicationFactor) {
    return of(members, Replication.of(replicationFactor));
  }

  /// A view of `members`. One whose state is `LEFT` is no member any more, but left with data that
  /// only it has: reads count it as failing until it is back or forgotten.
  ///
  /// @param members each instance with its tokens, in any order
  public static RingView of(Map<Instance, int[]> members, Replication replication) {
    List<Instance> instances = new ArrayList<>();
    List<Instance> away = new ArrayList<>();
    for (Instance member : members.keySet()) {
      if (!replication.excludedZones().contains(member.zone())) {
        (member.state() == State.LEFT ? away : instances).add(member);
      }
    }
    instances.sort((a, b) -> a.id().compareTo(b.id()));
    long[] keyed = keyed(instances, members);
    int[] tokens = new int[keyed.length];
    int[] owners = new int[keyed.length];
    for (int i = 0; i < keyed.length; i++) {
      tokens[i] = (int) (keyed[i] >>> 16);
      owners[i] = (int) (keyed[i] & 0xffff);
    }
    return new RingView(List.copyOf(instances), List.copyOf(away), tokens, owners, replication);
  }

  /// Tokens with their owners below them, sorted. Of two owners of one token the one that is not
  /// leaving keeps it, otherwise the lower id.
  private static long[] keyed(List<Instance> instances, Map<Instance, int[]> members) {
    int total = 0;
    for (Instance instance : instances) {
      total += members.getOrDefault(instance, new int[0]).length;
    }
    long[] keyed = new long[total];
    int count = 0;
    for (int owner = 0; owner < instances.size(); owner++) {
      for (int token : members.getOrDefault(instances.get(owner), new int[0])) {
        keyed[count++] = Integer.toUnsignedLong(token) << 16 | owner;
      }
    }
    Arrays.sort(keyed);
    int kept = 0;
    for (long next : keyed) {
      if (kept > 0 && keyed[kept - 1] >>> 16 == next >>> 16) {
        boolean loses = instances.get((int) (keyed[kept - 1] & 0xffff)).state() == State.LEAVING;
        if (loses) {
          keyed[kept - 1] = next;
        }
      } else {
        keyed[kept++] = next;
      }
    }
    return Arrays.copyOf(keyed, kept);
  }

  /// All members, by id.
  public List<Instance> instances() {
    return instances;
  }

  /// How many members can take reads and writes now: among them a limit for all is shared.
  public int healthyCount() {
    int count = 0;
    for (Instance instance : instances) {
      count += instance.state() == State.ACTIVE && instance.isReachable() ? 1 : 0;
    }
    return count;
  }

  /// How many instances hold a key.
  public int replicationFactor() {
    return replication.factor();
  }

  /// How many availability zones members are in.
  public int zoneCount() {
    return zones(instances).size();
  }

  /// The instances that a key is written to.
  ///
  /// @throws RingException when too few of them can take it
  public Replicas replicas(int key) throws RingException {
    return replicas(key, Operation.WRITE);
  }

  /// The instances of a key that can serve `operation`.
  ///
  /// @throws RingException when too few of them can
  public Replicas replicas(int key, Operation operation) throws RingException {
    List<Instance> candidates = candidates(key, operation);
    int needed = replication.writeQuorum(candidates.size());
    List<Instance> healthy = new ArrayList<>(candidates.size());
    for (Instance candidate : candidates) {
      if (operation.isServedBy(candidate)) {
        healthy.add(candidate);
      }
    }
    if (healthy.size() < needed && operation != Operation.READ) {
      healthy = nearlyFull(candidates, healthy, needed);
    }
    if (healthy.size() < needed) {
      throw new RingException(
          "at least "
              + needed
              + " live replicas required, could only find "
              + healthy.size()
              + unhealthy(candidates, operation));
    }
    return new Replicas(healthy, healthy.size() - needed);
  }

  /// When too few can take a write, instances whose disk is nearly full have to: they refuse by
  /// themselves what they cannot keep.
  private static List<Instance> nearlyFull(
      List<Instance> candidates, List<Instance> healthy, int needed) {
    List<Instance> more =
        candidates.stream()
            .filter(instance -> instance.isReachable() && instance.state() == State.ACTIVE)
            .toList();
    return more.size() >= needed ? more : healthy;
  }

  /// The owners of a key, whether they can serve or not.
  private List<Instance> candidates(int key, Operation operation) throws RingException {
    if (tokens.length == 0) {
      throw new RingException("empty ring");
    }
    List<Instance> candidates = new ArrayList<>(replication.factor() + 1);
    Set<String> zones = replication.isZoneAware() ? new HashSet<>() : Set.of();
    int wanted = replication.factor();
    int start = firstAfter(key);
    for (int step = 0; step < tokens.length && candidates.size() < wanted; step++) {
      int position = start + step < tokens.length ? start + step : start + step - tokens.length;
      Instance instance = instances.get(owners[position]);
      if (candidates.contains(instance) || zones.contains(instance.zone())) {
        continue;
      }
      candidates.add(instance);
      if (operation.goesOnAfter(instance)) {
        wanted++;
      } else if (replication.isZoneAware() && !instance.zone().isEmpty()) {
        zones.add(instance.zone());
      }
    }
    return candidates;
  }

  private static String unhealthy(List<Instance> candidates, Operation operation) {
    List<String> names =
        candidates.stream()
            .filter(instance -> !operation.isServedBy(instance))
            .map(Instance::address)
            .toList();
    return names.isEmpty() ? "" : " - unhealthy instances: " + String.join(",", names);
  }

  private int firstAfter(int key) {
    int low = 0;
    int high = tokens.length;
    while (low < high) {
      int middle = low + high >>> 1;
      if (Integer.compareUnsigned(tokens[middle], key) > 0) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low == tokens.length ? 0 : low;
  }

  /// The id of the one member that does the work of a key: the first after it that is active and
  /// reachable; empty when there is none.
  public String activeOwner(int key) {
    int start = tokens.length == 0 ? 0 : firstAfter(key);
    for (int step = 0; step < tokens.length; step++) {
      Instance instance = instances.get(owners[(start + step) % tokens.length]);
      if (instance.state() == State.ACTIVE && instance.isReachable()) {
        return instance.id();
      }
    }
    return "";
  }

  /// The members that are asked for a complete answer.
  ///
  /// @throws RingException when so many of them cannot be asked that something may be missing
  public ReadSet readSet() throws RingException {
    if (instances.isEmpty()) {
      throw new RingException("empty ring");
    }
    return replication.isZoneAware() ? readSetByZone() : readSetByInstance();
  }

  private ReadSet readSetByInstance() throws RingException {
    List<Instance> healthy = instances.stream().filter(Operation.READ::isServedBy).toList();
    int required =
        Math.max(instances.size() + away.size(), replication.factor()) - replication.factor() / 2;
    if (healthy.size() < required) {
      throw tooMany();
    }
    return new ReadSet(healthy, false, healthy.size() - required);
  }

  private ReadSet readSetByZone() throws RingException {
    Set<String> failing = zones(away);
    for (Instance instance : instances) {
      if (!Operation.READ.isServedBy(instance)) {
        failing.add(instance.zone());
      }
    }
    Set<String> all = zones(instances);
    all.addAll(failing);
    int tolerated = Math.min(all.size(), replication.factor()) / 2 - failing.size();
    if (tolerated < 0) {
      throw tooMany();
    }
    List<Instance> asked =
        instances.stream().filter(instance -> !failing.contains(instance.zone())).toList();
    return new ReadSet(asked, true, tolerated);
  }

  private static RingException tooMany() {
    return new RingException("too many unhealthy instances in the ring");
  }

  private static Set<String> zones(List<Instance> members) {
    Set<String> zones = new TreeSet<>();
    members.forEach(member -> zones.add(member.zone()));
    return zones;
  }

  /// How many tokens each instance owns, by instance.
  public Map<Instance, Integer> tokenCounts() {
    Map<Instance, Integer> counts = new HashMap<>();
    for (int owner : owners) {
      counts.merge(instances.get(owner), 1, Integer::sum);
    }
    return counts;
  }

  /// The tokens of the member `id`, sorted as unsigned numbers; empty when there is no such member.
  public int[] tokensOf(String id) {
    int[] found = new int[tokens.length];
    int count = 0;
    for (int i = 0; i < tokens.length; i++) {
      if (instances.get(owners[i]).id().equals(id)) {
        found[count++] = tokens[i];
      }
    }
    return Arrays.copyOf(found, count);
  }

  /// The instances that a key is written to.
  ///
  /// @param instances all that can take it
  /// @param maxFailures how many of them may fail
  public record Replicas(List<Instance> instances, int maxFailures) {
    /// How many have to succeed.
    public int quorum() {
      return instances.size() - maxFailures;
    }
  }
}
