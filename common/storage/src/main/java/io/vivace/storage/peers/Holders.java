package io.vivace.storage.peers;

import io.vivace.storage.LocalObjectStore;
import io.vivace.storage.ObjectStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Finds out who keeps objects now: each volume once, however many processes share it.
final class Holders {
  /// A volume and how to reach it.
  ///
  /// @param address of one process that has it
  /// @param objects what is on it
  /// @param isLocal whether it is this process' own
  record Holder(String address, ObjectStore objects, boolean isLocal) {}

  /// @param holders every volume that is known, this process' own first if it is one of them
  /// @param unknown addresses of processes that have not said yet which volume they have
  record Now(List<Holder> holders, List<String> unknown) {
    boolean hasLocal() {
      return holders.stream().anyMatch(Holder::isLocal);
    }
  }

  private static final String LOCAL = "this process";

  private final LocalObjectStore local;
  private final Supplier<List<Peer>> members;
  private final boolean isMember;
  private final Map<String, String> volumes = new ConcurrentHashMap<>();

  /// @param members the other processes that keep objects
  /// @param isMember whether this process keeps objects itself
  Holders(LocalObjectStore local, Supplier<List<Peer>> members, boolean isMember) {
    this.local = local;
    this.members = members;
    this.isMember = isMember;
  }

  Now now() throws IOException {
    List<Peer> peers = members.get();
    Optional<String> own =
        isMember && !peers.isEmpty() ? Optional.of(local.markVolume()) : local.volume();
    volumes.keySet().retainAll(peers.stream().map(Peer::address).toList());
    List<Holder> holders = new ArrayList<>();
    List<String> unknown = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    // a mark that others made says that the volume is theirs too
    if (isMember || own.isPresent()) {
      holders.add(new Holder(LOCAL, local, true));
      own.ifPresent(seen::add);
    }
    for (Peer peer : peers) {
      String volume = volume(peer);
      if (volume == null) {
        if (isMember || own.isEmpty()) {
          unknown.add(peer.address());
        }
      } else if (seen.add(volume)) {
        holders.add(new Holder(peer.address(), peer.objects(), false));
      }
    }
    return new Now(holders, unknown);
  }

  private @Nullable String volume(Peer peer) {
    String known = volumes.get(peer.address());
    if (known != null) {
      return known;
    }
    try {
      String volume = peer.volume();
      volumes.put(peer.address(), volume);
      return volume;
    } catch (IOException e) {
      return null;
    }
  }
}
