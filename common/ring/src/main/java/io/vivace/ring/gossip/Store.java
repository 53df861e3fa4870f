package io.vivace.ring.gossip;

import io.vivace.ring.gossip.Codec.Item;
import io.vivace.ring.gossip.Codec.Known;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Everything that a member knows of all rings. Not safe for use by many threads.
///
/// A tombstone is told for [#lifeNanos]. It is kept as long again without being told, so that an
/// older descriptor, or the tombstone of a member that counts later, does not bring it back.
final class Store {
  private final long lifeNanos;
  private final Map<String, Map<String, Descriptor>> rings = new TreeMap<>();
  private final Map<String, Map<String, Grave>> graves = new HashMap<>();

  private record Grave(Descriptor tombstone, long since) {}

  /// @param lifeNanos how long a tombstone is told
  Store(long lifeNanos) {
    this.lifeNanos = lifeNanos;
  }

  /// Takes a descriptor if it is later than what is known.
  ///
  /// @param now a monotonic clock in nanoseconds
  /// @return whether it was
  boolean merge(String ring, Descriptor descriptor, long now) {
    Grave grave = graves.getOrDefault(ring, Map.of()).get(descriptor.id());
    if (grave != null && grave.tombstone.compareTo(descriptor) >= 0) {
      return false;
    }
    Map<String, Descriptor> members = rings.computeIfAbsent(ring, key -> new TreeMap<>());
    Descriptor before = members.get(descriptor.id());
    Descriptor after = before == null ? descriptor : before.merge(descriptor);
    if (after.equals(before)) {
      return false;
    }
    members.put(descriptor.id(), after);
    Map<String, Grave> dead = graves.computeIfAbsent(ring, key -> new HashMap<>());
    if (after.isTombstone()) {
      dead.put(after.id(), new Grave(after, now));
    } else {
      dead.remove(after.id());
    }
    return true;
  }

  /// Takes note of the time.
  ///
  /// @return whether a tombstone ended
  boolean expire(long now) {
    boolean changed = false;
    for (Map.Entry<String, Map<String, Grave>> ring : graves.entrySet()) {
      Map<String, Descriptor> members = rings.getOrDefault(ring.getKey(), new TreeMap<>());
      for (Grave grave : List.copyOf(ring.getValue().values())) {
        String id = grave.tombstone.id();
        if (now - grave.since > 2 * lifeNanos) {
          ring.getValue().remove(id);
        } else if (now - grave.since > lifeNanos) {
          changed |= members.remove(id) != null;
        }
      }
    }
    return changed;
  }

  /// The keys of all rings.
  List<String> rings() {
    return List.copyOf(rings.keySet());
  }

  /// The members of a ring by id, tombstones included.
  Map<String, Descriptor> members(String ring) {
    return rings.getOrDefault(ring, Map.of());
  }

  @Nullable Descriptor get(String ring, String id) {
    return members(ring).get(id);
  }

  /// How many tombstones there are.
  long tombstones() {
    return rings.values().stream()
        .flatMap(members -> members.values().stream())
        .filter(Descriptor::isTombstone)
        .count();
  }

  /// All that is known, in short.
  List<Known> digest() {
    List<Known> digest = new ArrayList<>();
    rings.forEach((ring, members) ->
        members
            .values()
            .forEach(member ->
                digest.add(new Known(ring, member.id(), member.order(), member.isTombstone()))));
    return digest;
  }

  /// What somebody with this digest does not have yet.
  List<Item> newerThan(List<Known> digest) {
    Map<String, Map<String, Known>> theirs = new HashMap<>();
    for (Known known : digest) {
      theirs.computeIfAbsent(known.ring(), key -> new HashMap<>()).put(known.id(), known);
    }
    List<Item> newer = new ArrayList<>();
    rings.forEach((ring, members) -> {
      Map<String, Known> ringOfTheirs = theirs.getOrDefault(ring, Map.of());
      for (Descriptor member : members.values()) {
        if (isNewer(member, ringOfTheirs.get(member.id()))) {
          newer.add(new Item(ring, member));
        }
      }
    });
    return newer;
  }

  private static boolean isNewer(Descriptor ours, @Nullable Known theirs) {
    if (theirs == null) {
      return true;
    }
    int orders = ours.order().compareTo(theirs.order());
    return orders > 0 || orders == 0 && ours.isTombstone() && !theirs.isTombstone();
  }
}
