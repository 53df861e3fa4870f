package io.vivace.ring;

import io.vivace.ring.Instance.State;
import java.nio.charset.StandardCharsets;

/// The work of a member of a ring: keys whose 32-bit FNV-1a hash is before one of its tokens, among
/// the members that can work. Keys of a member that cannot move on to the next one. Source of the
/// hash: Tempo 2.9 `modules/compactor/compactor.go`.
public final class RingOwnership implements Ownership {
  private static final int OFFSET = 0x811c9dc5;
  private static final int PRIME = 0x01000193;

  private final Ring ring;
  private final String selfId;

  /// @param selfId the id of this process in `ring`
  public RingOwnership(Ring ring, String selfId) {
    this.ring = ring;
    this.selfId = selfId;
  }

  @Override
  public boolean owns(String key) {
    RingView view = ring.view();
    for (Instance instance : view.instances()) {
      if (instance.id().equals(selfId) && instance.state() == State.ACTIVE) {
        return view.activeOwner(hash(key)).equals(selfId);
      }
    }
    return false;
  }

  /// 32-bit FNV-1a of the UTF-8 bytes of `key`.
  static int hash(String key) {
    int hash = OFFSET;
    for (byte next : key.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ next & 0xff) * PRIME;
    }
    return hash;
  }
}
