package io.vivace.service.storage;

import io.grpc.ServerServiceDefinition;
import io.vivace.ring.Instance;
import io.vivace.ring.Ring;
import io.vivace.service.config.TempoConfig;
import io.vivace.service.grpc.InternalChannels;
import io.vivace.service.grpc.InternalGrpcService;
import io.vivace.service.launch.Target;
import io.vivace.service.storage.peers.GrpcPeer;
import io.vivace.service.storage.peers.LocalObjectsService;
import io.vivace.storage.LocalObjectStore;
import io.vivace.storage.ObjectStore;
import io.vivace.storage.peers.Peer;
import io.vivace.storage.peers.PeersObjectStore;
import io.vivace.wire.objects.LocalObjectsGrpc;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// `backend: local`: blocks on the disks of the ingesters, whoever reads them.
final class PeerStores {
  private PeerStores() {}

  private static LocalObjectStore local(TempoConfig config) {
    return new LocalObjectStore(Path.of(config.storage().trace().local().path()));
  }

  /// The disk of this process for an ingester, which flushes to it; the disks of all ingesters for
  /// the others.
  static ObjectStore of(TempoConfig config, Target target, Ring ring, InternalChannels channels) {
    LocalObjectStore local = local(config);
    return switch (target) {
      case INGESTER -> local;
      case ALL, DISTRIBUTOR, QUERIER, QUERY_FRONTEND, COMPACTOR, GATEWAY -> {
        Map<String, Peer> peers = new ConcurrentHashMap<>();
        yield new PeersObjectStore(
            local,
            () -> others(ring, channels, peers),
            target == Target.ALL || isAlone(ring, channels),
            config.ingester().lifecycler().ring().replicationFactor());
      }
    };
  }

  /// Whether the ring is this process and nobody else, as it is without any address of others.
  private static boolean isAlone(Ring ring, InternalChannels channels) {
    List<Instance> members = ring.view().instances();
    return !members.isEmpty()
        && members.stream().allMatch(member -> channels.local(member.address()));
  }

  private static List<Peer> others(Ring ring, InternalChannels channels, Map<String, Peer> peers) {
    return ring.view().instances().stream()
        .filter(member -> member.state() != Instance.State.LEFT)
        .map(Instance::address)
        .filter(address -> !channels.local(address))
        .map(address ->
            peers.computeIfAbsent(address, key -> new GrpcPeer(key, channels.channel(key))))
        .toList();
  }

  /// The service of a process that keeps blocks; without methods in any other.
  static InternalGrpcService service(TempoConfig config, Target target) {
    String backend = config.storage().trace().backend();
    boolean keepsBlocks =
        (backend.isEmpty() || backend.equals("local"))
            && (target == Target.ALL || target == Target.INGESTER);
    return new InternalGrpcService(
        keepsBlocks
            ? new LocalObjectsService(local(config)).bindService()
            : ServerServiceDefinition.builder(LocalObjectsGrpc.SERVICE_NAME).build());
  }
}
