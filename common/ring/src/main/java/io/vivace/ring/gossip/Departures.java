package io.vivace.ring.gossip;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Since when members are unreachable. Not safe for use by many threads.
final class Departures {
  /// A member that proved that it handed everything over and then went is not waited for.
  private static final long HANDED_OVER_NANOS = Duration.ofSeconds(10).toNanos();

  private final LongSupplier nanoTime;
  private final Clock clock;
  private final Map<Key, Since> unreachable = new HashMap<>();
  private final Map<Key, Tokens> remembered = new HashMap<>();

  private record Key(String ring, String id) {}

  private record Since(long nanos, long seconds) {}

  Departures(LongSupplier nanoTime, Clock clock) {
    this.nanoTime = nanoTime;
    this.clock = clock;
  }

  /// Takes note of whether a member is here.
  void noted(String ring, Descriptor member, boolean isHere) {
    Key key = new Key(ring, member.id());
    if (isHere) {
      unreachable.remove(key);
    } else {
      unreachable.putIfAbsent(
          key, new Since(nanoTime.getAsLong(), clock.instant().getEpochSecond()));
    }
  }

  /// When a member was last here, seconds since 1970; 0 for now.
  long lastSeen(String ring, String id) {
    Since since = unreachable.get(new Key(ring, id));
    return since == null ? 0 : since.seconds;
  }

  /// Whether a member is gone for good: longer than `after`, or with nothing left to come back for.
  boolean isOver(String ring, Descriptor member, boolean isHere, @Nullable Duration after) {
    noted(ring, member, isHere);
    Since since = unreachable.get(new Key(ring, member.id()));
    if (since == null) {
      return false;
    }
    long gone = nanoTime.getAsLong() - since.nanos;
    return member.isHandedOver() && gone > HANDED_OVER_NANOS
        || after != null && gone > after.toNanos();
  }

  void remember(String ring, String id, Tokens tokens) {
    remembered.put(new Key(ring, id), tokens);
  }

  Tokens remembered(String ring, String id) {
    return remembered.getOrDefault(new Key(ring, id), Tokens.NONE);
  }
}
