package io.vivace.ring;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// An immutable picture of a ring: members, tokens, and who holds the replicas of a key.
///
/// Tokens are unsigned 32-bit numbers. The replicas of a key are the owners of the first tokens
/// strictly greater than it, walking clockwise and wrapping to 0; an instance that cannot take the
/// write keeps its place but makes the walk go on to one more (`docs/reference`: ring lookup).
public final class RingView {
  private final List<Instance> instances;
  private final int[] tokens;
  private final int[] owners;
  private final int replicationFactor;

  private RingView(List<Instance> instances, int[] tokens, int[] owners, int replicationFactor) {
    this.instances = instances;
    this.tokens = tokens;
    this.owners = owners;
    this.replicationFactor = replicationFactor;
  }

  /// A view of `members`.
  ///
  /// @param members each instance with its tokens, in any order
  /// @param replicationFactor how many instances hold a key, 1 or more
  public static RingView of(Map<Instance, int[]> members, int replicationFactor) {
    List<Instance> instances = new ArrayList<>(members.keySet());
    instances.sort((a, b) -> a.id().compareTo(b.id()));
    int total = members.values().stream().mapToInt(tokens -> tokens.length).sum();
    long[] keyed = new long[total];
    int count = 0;
    for (int owner = 0; owner < instances.size(); owner++) {
      for (int token : members.getOrDefault(instances.get(owner), new int[0])) {
        keyed[count++] = Integer.toUnsignedLong(token) << 16 | owner;
      }
    }
    Arrays.sort(keyed);
    int[] tokens = new int[total];
    int[] owners = new int[total];
    for (int i = 0; i < total; i++) {
      tokens[i] = (int) (keyed[i] >>> 16);
      owners[i] = (int) (keyed[i] & 0xffff);
    }
    return new RingView(List.copyOf(instances), tokens, owners, replicationFactor);
  }

  /// All members, by id.
  public List<Instance> instances() {
    return instances;
  }

  /// How many members can take reads and writes now: among them a limit for all is shared.
  public int healthyCount() {
    int count = 0;
    for (Instance instance : instances) {
      count += instance.state() == Instance.State.ACTIVE ? 1 : 0;
    }
    return count;
  }

  /// How many instances hold a key.
  public int replicationFactor() {
    return replicationFactor;
  }

  /// The instances that a key is written to.
  ///
  /// @throws RingException when too few of them can take it
  public Replicas replicas(int key) throws RingException {
    if (tokens.length == 0) {
      throw new RingException("empty ring");
    }
    List<Instance> candidates = new ArrayList<>(replicationFactor);
    int wanted = replicationFactor;
    int start = firstAfter(key);
    for (int step = 0; step < tokens.length && candidates.size() < wanted; step++) {
      Instance instance = instances.get(owners[(start + step) % tokens.length]);
      if (!candidates.contains(instance)) {
        candidates.add(instance);
        if (instance.state() != Instance.State.ACTIVE) {
          wanted++;
        }
      }
    }
    return healthy(candidates);
  }

  private Replicas healthy(List<Instance> candidates) throws RingException {
    int needed = Math.max(replicationFactor, candidates.size()) / 2 + 1;
    List<Instance> healthy =
        candidates.stream().filter(i -> i.state() == Instance.State.ACTIVE).toList();
    if (healthy.size() < needed) {
      throw new RingException(
          "at least "
              + needed
              + " live replicas required, could only find "
              + healthy.size()
              + unhealthy(candidates));
    }
    return new Replicas(healthy, healthy.size() - needed);
  }

  private static String unhealthy(List<Instance> candidates) {
    List<String> names =
        candidates.stream()
            .filter(instance -> instance.state() != Instance.State.ACTIVE)
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

  /// How many tokens each instance owns, by instance.
  public Map<Instance, Integer> tokenCounts() {
    Map<Instance, Integer> counts = new HashMap<>();
    for (int owner : owners) {
      counts.merge(instances.get(owner), 1, Integer::sum);
    }
    return counts;
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
