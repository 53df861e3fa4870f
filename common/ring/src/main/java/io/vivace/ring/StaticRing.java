package io.vivace.ring;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A ring whose members are given: one process, or a list from the configuration.
///
/// Tokens follow from the address alone, so that every process that has the same list places a key
/// alike.
public final class StaticRing implements Ring {
  /// Tokens per instance, Tempo's default for ingesters.
  public static final int TOKENS = 128;

  private final RingView view;

  /// A ring of these addresses, all of them active.
  ///
  /// @param replicationFactor how many instances hold a key; more than there are instances is
  ///   lowered to their number
  public StaticRing(List<String> addresses, int replicationFactor) {
    Map<Instance, int[]> members = new HashMap<>();
    for (String address : addresses) {
      members.put(new Instance(address, address, "", Instance.State.ACTIVE), tokens(address));
    }
    this.view = RingView.of(members, Math.max(1, Math.min(replicationFactor, members.size())));
  }

  @Override
  public RingView view() {
    return view;
  }

  private static int[] tokens(String address) {
    int[] tokens = new int[TOKENS];
    for (int i = 0; i < TOKENS; i += 8) {
      ByteBuffer digest = ByteBuffer.wrap(sha256(address + "/" + i));
      for (int j = i; j < i + 8; j++) {
        tokens[j] = digest.getInt();
      }
    }
    return tokens;
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256: absent (expected: part of every JDK)", e);
    }
  }
}
