package io.vivace.ring.gossip;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;

/// Places on the ring: distinct unsigned 32-bit numbers, sorted. Immutable.
public final class Tokens {
  /// No place.
  public static final Tokens NONE = new Tokens(new int[0]);

  private final int[] sorted;

  private Tokens(int[] sorted) {
    this.sorted = sorted;
  }

  /// These tokens, in any order; repeated ones count once.
  public static Tokens of(int... tokens) {
    long[] unsigned =
        Arrays.stream(tokens).mapToLong(Integer::toUnsignedLong).sorted().distinct().toArray();
    return new Tokens(Arrays.stream(unsigned).mapToInt(token -> (int) token).toArray());
  }

  /// `count` tokens: as many of these as possible, the others random and not in `taken`.
  public Tokens resized(int count, Set<Integer> taken, RandomGenerator random) {
    Set<Integer> chosen = new HashSet<>();
    for (int i = 0; i < Math.min(count, sorted.length); i++) {
      chosen.add(sorted[i]);
    }
    while (chosen.size() < count) {
      int token = random.nextInt();
      if (!taken.contains(token)) {
        chosen.add(token);
      }
    }
    return of(chosen.stream().mapToInt(Integer::intValue).toArray());
  }

  /// How many there are.
  public int size() {
    return sorted.length;
  }

  /// A copy of them.
  public int[] toArray() {
    return sorted.clone();
  }

  /// Whether a token is among these.
  public boolean contains(int token) {
    for (int next : sorted) {
      if (next == token) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Tokens tokens && Arrays.equals(sorted, tokens.sorted);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(sorted);
  }

  @Override
  public String toString() {
    return Arrays.toString(sorted);
  }
}
