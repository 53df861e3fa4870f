package io.vivace.service.ring;

import io.vivace.ring.Ownership;
import io.vivace.ring.Replication;
import io.vivace.ring.Ring;
import io.vivace.ring.RingException;
import io.vivace.ring.RingOwnership;
import io.vivace.ring.StaticRing;
import io.vivace.ring.gossip.RingGossip;
import io.vivace.ring.jgroups.JGroupsEngine;
import io.vivace.service.config.ConfigException;
import io.vivace.service.config.TempoConfig;
import io.vivace.service.grpc.InternalChannels;
import io.vivace.service.launch.LaunchOptions;
import io.vivace.service.launch.ProcessRing;
import io.vivace.service.launch.Target;
import io.vivace.service.metrics.Metrics;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.random.RandomGenerator;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The beans of the rings. With `memberlist.join_members` they are shared with other processes;
/// without, a ring is this process, or the addresses that a section lists.
@Configuration(proxyBeanMethods = false)
public class RingConfiguration {
  @Bean
  RingSettings ringSettings(TempoConfig config, LaunchOptions options) {
    return new RingSettings(config, options.target());
  }

  /// The rings that are shared with other processes, empty when none is.
  @Bean
  SharedRings sharedRings(TempoConfig config, RingSettings settings, Metrics metrics, Clock clock)
      throws ConfigException {
    if (!settings.isShared()) {
      return new SharedRings(null);
    }
    Rings rings = shared(config, settings, metrics, clock);
    RingMetrics.ofMembers(metrics, rings.gossip());
    return new SharedRings(rings);
  }

  private static Rings shared(
      TempoConfig config, RingSettings settings, Metrics metrics, Clock clock)
      throws ConfigException {
    RandomGenerator random = new SecureRandom();
    JoinMembers seeds =
        new JoinMembers(
            config.memberlist().joinMembers(),
            config.memberlist().bindPort(),
            new Dns(),
            metrics
                    .counter("tempo_dns_lookups_total", "The number of DNS lookups", "name")
                    .labelValues("memberlist")
                ::inc,
            metrics
                    .counter("tempo_dns_failures_total", "The number of DNS failures", "name")
                    .labelValues("memberlist")
                ::inc);
    ScheduledExecutorService loop =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("ring").daemon().factory());
    try {
      JGroupsEngine engine =
          new JGroupsEngine(settings.engine("%08x".formatted(random.nextInt())), seeds);
      RingGossip gossip =
          new RingGossip(
              engine,
              loop,
              System::nanoTime,
              clock,
              random,
              config.memberlist().leftIngestersTimeout());
      return new Rings(gossip, seeds, config.memberlist().rejoinInterval(), loop, random);
    } catch (IOException | RingException e) {
      loop.shutdown();
      throw new ConfigException(String.valueOf(e.getMessage()));
    }
  }

  /// Starts and stops the shared rings with the process.
  @Bean
  SmartLifecycle sharedRingsLifecycle(SharedRings shared) {
    return new Together(shared.rings().map(List::<SmartLifecycle>of).orElse(List.of()));
  }

  /// Who the ingesters are: the addresses of the configuration, the members of the shared ring, or
  /// this process.
  @Bean
  Ring ingesterRing(TempoConfig config, RingSettings settings, SharedRings shared) {
    List<String> addresses = config.ingesterClient().addresses();
    if (settings.sharesIngesters()) {
      return shared.get().ring(settings.keys().ingester(), settings.ingesterReplication(), null);
    }
    return new StaticRing(
        addresses.isEmpty() ? List.of(InternalChannels.LOCAL) : addresses,
        config.ingester().lifecycler().ring().replicationFactor());
  }

  /// Who the distributors are, for limits that they share.
  @Bean
  Ring distributorRing(TempoConfig config, RingSettings settings, SharedRings shared) {
    List<String> addresses = config.distributor().addresses();
    if (!addresses.isEmpty()) {
      return new StaticRing(addresses, 1);
    }
    return settings.isShared(config.distributor().ring().kvstore())
        ? shared
            .get()
            .ring(
                settings.keys().distributor(),
                Replication.of(1),
                RingSettings.forgetAfter(config.distributor().ring()))
        : ProcessRing.of(config.distributor().ring(), config.server());
  }

  /// Who the compactors are.
  @Bean
  Ring compactorRing(TempoConfig config, RingSettings settings, SharedRings shared) {
    return settings.isShared(config.compactor().ring().kvstore())
        ? shared
            .get()
            .ring(
                settings.keys().compactor(),
                Replication.of(1),
                RingSettings.forgetAfter(config.compactor().ring()))
        : ProcessRing.of(config.compactor().ring(), config.server());
  }

  /// What this process does of the work that compactors share.
  @Bean
  Ownership compactorOwnership(TempoConfig config, RingSettings settings, Ring compactorRing) {
    return settings.isShared(config.compactor().ring().kvstore())
        ? new RingOwnership(compactorRing, config.compactor().ring().instanceId())
        : Ownership.everything();
  }

  /// The life of the ingester of this process in its ring, for the ingester to lead; empty when the
  /// ring is not shared.
  @Bean
  IngesterLife ingesterLife(RingSettings settings, SharedRings shared, Ring ingesterRing) {
    return new IngesterLife(
        settings.sharesIngesters()
            ? Optional.of(shared.get().life(settings.ingester(), ingesterRing))
            : Optional.empty());
  }

  /// Shows the rings that this process looks at.
  @Bean
  Map<String, Ring> watchedRings(
      RingSettings settings,
      LaunchOptions options,
      Ring ingesterRing,
      Ring distributorRing,
      Ring compactorRing,
      Metrics metrics,
      Clock clock) {
    Map<String, Ring> rings = new TreeMap<>();
    if (runs(options, Target.DISTRIBUTOR)
        || runs(options, Target.INGESTER)
        || runs(options, Target.QUERIER)) {
      rings.put("ingester", ingesterRing);
    }
    if (runs(options, Target.DISTRIBUTOR) && settings.sharesLimits()) {
      rings.put("distributor", distributorRing);
    }
    if (runs(options, Target.COMPACTOR)) {
      rings.put("compactor", compactorRing);
    }
    RingMetrics.ofRings(metrics, rings, clock);
    return rings;
  }

  /// The lives of this process in rings of workers.
  @Bean
  SmartLifecycle ringWorkers(
      TempoConfig config,
      RingSettings settings,
      LaunchOptions options,
      SharedRings shared,
      Ring distributorRing,
      Ring compactorRing) {
    List<SmartLifecycle> workers = new ArrayList<>();
    if (runs(options, Target.DISTRIBUTOR)
        && settings.sharesLimits()
        && config.distributor().addresses().isEmpty()
        && settings.isShared(config.distributor().ring().kvstore())) {
      workers.add(new Worker(shared.get().life(settings.distributor(), distributorRing)));
    }
    if (runs(options, Target.COMPACTOR) && settings.isShared(config.compactor().ring().kvstore())) {
      workers.add(new Worker(shared.get().life(settings.compactor(), compactorRing)));
    }
    return new Together(workers);
  }

  private static boolean runs(LaunchOptions options, Target service) {
    return options.target() == Target.ALL || options.target() == service;
  }
}
