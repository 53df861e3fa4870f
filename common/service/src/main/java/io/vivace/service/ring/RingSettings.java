package io.vivace.service.ring;

import io.vivace.ring.Replication;
import io.vivace.ring.gossip.LifeSettings;
import io.vivace.ring.jgroups.EngineSettings;
import io.vivace.service.config.IngesterConfig.LifecyclerConfig;
import io.vivace.service.config.KvStoreConfig;
import io.vivace.service.config.MemberlistConfig;
import io.vivace.service.config.RingConfig;
import io.vivace.service.config.ServerConfig;
import io.vivace.service.config.TempoConfig;
import io.vivace.service.launch.Target;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What the configuration says about rings.
final class RingSettings {
  /// Tokens of a compactor. Source: Tempo 2.9 `modules/compactor/compactor_ring.go`.
  private static final int COMPACTOR_TOKENS = 512;

  private static final int DISTRIBUTOR_TOKENS = 1;

  /// A member that is silent for so long is taken for gone, unless the configuration is stricter.
  private static final Duration SILENCE = Duration.ofSeconds(12);

  private static final Duration DIAL_TIMEOUT = Duration.ofSeconds(2);
  private static final List<String> INTERFACES = List.of("eth0", "en0");

  private final TempoConfig config;
  private final Target target;
  private final RingKeys keys;

  RingSettings(TempoConfig config, Target target) {
    this.config = config;
    this.target = target;
    this.keys = RingKeys.of(config);
  }

  /// Whether rings are shared with other processes. A query-frontend asks queriers only; in Tempo
  /// it takes part for its reports of usage, which do not exist here.
  boolean isShared() {
    return !config.memberlist().joinMembers().isEmpty() && target != Target.QUERY_FRONTEND;
  }

  /// Whether the ring with this store is shared with other processes.
  boolean isShared(KvStoreConfig store) {
    return isShared() && store.store().equals("memberlist");
  }

  /// Whether the ingesters are those of the shared ring, and not a list of addresses.
  boolean sharesIngesters() {
    return config.ingesterClient().addresses().isEmpty()
        && isShared(config.ingester().lifecycler().ring().kvstore());
  }

  /// Whether distributors share the limits of a tenant, so that each has to know how many there
  /// are.
  boolean sharesLimits() {
    return config.overrides().defaults().ingestion().rateStrategy().equals("global");
  }

  EngineSettings engine(String suffix) throws IOException {
    MemberlistConfig section = config.memberlist();
    if (Boolean.TRUE.equals(section.others().get("tls_enabled"))) {
      throw new IOException(
          "memberlist.tls_enabled: true (expected: false, TLS between members is not supported)");
    }
    String name = section.nodeName().isEmpty() ? hostName() : section.nodeName();
    return new EngineSettings(
        section.clusterLabel(),
        section.randomizeNodeName() ? name + "-" + suffix : name,
        bindAddress(section),
        section.bindPort(),
        advertised(section),
        DIAL_TIMEOUT,
        silence(config.ingester().lifecycler().ring().heartbeatTimeout()),
        new EngineSettings.Join(
            section.abortIfClusterJoinFails(),
            section.minJoinBackoff(),
            section.maxJoinBackoff(),
            section.maxJoinRetries()));
  }

  private static InetAddress bindAddress(MemberlistConfig section) throws UnknownHostException {
    for (String address : section.bindAddr()) {
      if (!address.isEmpty() && !InetAddress.getByName(address).isAnyLocalAddress()) {
        return InetAddress.getByName(address);
      }
    }
    return LocalAddress.ofInterfaces(INTERFACES);
  }

  private static EngineSettings.@Nullable Advertised advertised(MemberlistConfig section)
      throws UnknownHostException {
    return section.advertiseAddr().isEmpty()
        ? null
        : new EngineSettings.Advertised(
            InetAddress.getByName(section.advertiseAddr()), section.advertisePort());
  }

  private static Duration silence(Duration heartbeatTimeout) {
    return heartbeatTimeout.isPositive() && heartbeatTimeout.compareTo(SILENCE) < 0
        ? heartbeatTimeout
        : SILENCE;
  }

  private static String hostName() throws UnknownHostException {
    return InetAddress.getLocalHost().getHostName();
  }

  RingKeys keys() {
    return keys;
  }

  Replication ingesterReplication() {
    Set<String> excluded =
        Arrays.stream(config.ingester().lifecycler().ring().excludedZones().split(","))
            .map(String::trim)
            .filter(zone -> !zone.isEmpty())
            .collect(Collectors.toSet());
    return new Replication(
        config.ingester().lifecycler().ring().replicationFactor(),
        config.ingester().lifecycler().ring().zoneAwarenessEnabled(),
        excluded);
  }

  LifeSettings ingester() {
    LifecyclerConfig section = config.ingester().lifecycler();
    return new LifeSettings(
        keys.ingester(),
        section.id(),
        address(section.address(), section.port(), section.interfaceNames()),
        section.availabilityZone(),
        section.numTokens(),
        section.tokensFilePath().isEmpty() ? null : Path.of(section.tokensFilePath()),
        new LifeSettings.Pace(
            section.joinAfter(),
            section.observePeriod(),
            section.minReadyDuration(),
            section.finalSleep()),
        section.unregisterOnShutdown(),
        section.readinessCheckRingHealth());
  }

  LifeSettings distributor() {
    return worker(keys.distributor(), config.distributor().ring(), DISTRIBUTOR_TOKENS);
  }

  LifeSettings compactor() {
    return worker(keys.compactor(), config.compactor().ring(), COMPACTOR_TOKENS);
  }

  private LifeSettings worker(String key, RingConfig section, int tokens) {
    return new LifeSettings(
        key,
        section.instanceId(),
        address(section.instanceAddr(), section.instancePort(), section.instanceInterfaceNames()),
        "",
        tokens,
        null,
        LifeSettings.Pace.AT_ONCE,
        true,
        false);
  }

  private String address(String configured, int port, List<String> interfaces) {
    ServerConfig server = config.server();
    String host = LocalAddress.of(configured, server.grpcListenAddress(), interfaces);
    String bracketed = host.contains(":") ? "[" + host + "]" : host;
    return bracketed + ":" + (port == 0 ? server.grpcListenPort() : port);
  }

  /// After how long a worker that cannot be reached is forgotten: twice its time-out, as in Tempo;
  /// null for never.
  static @Nullable Duration forgetAfter(RingConfig section) {
    return section.heartbeatTimeout().isPositive()
        ? section.heartbeatTimeout().multipliedBy(2)
        : null;
  }
}
