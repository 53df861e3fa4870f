package io.vivace.distributor.forwarder;

import com.google.protobuf.InvalidProtocolBufferException;
import io.micrometer.core.instrument.MeterRegistry;
import io.vivace.distributor.ByteBudget;
import io.vivace.distributor.PushListener;
import io.vivace.service.config.DistributorConfig.ForwarderConfig;
import io.vivace.service.log.RateLimitedLog;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends stored requests on to the forwarders that the tenant's overrides name, each through a
/// queue of its own. Tempo looks at the overrides every ten seconds, this does for every request.
public final class Forwarders implements PushListener, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Forwarders.class);

  private final Map<String, Forwarder> byName;
  private final Function<String, List<String>> namesOfTenant;
  private final ByteBudget budget;
  private final MeterRegistry registry;
  private final RateLimitedLog log;
  private final Duration grace;
  private final Map<QueueKey, ForwarderQueue> queues = new ConcurrentHashMap<>();
  private final ExecutorService workers =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("forwarder-", 0).factory());
  private volatile boolean closed;

  private record QueueKey(String tenant, String forwarder) {}

  /// Forwarders as configured.
  ///
  /// @param namesOfTenant the overrides' `forwarders` of a tenant now
  /// @param maxWaitingBytes most bytes that wait in all queues together
  /// @param log where failures are told
  /// @param grace how long [#close()] waits for what is queued
  /// @throws IllegalArgumentException when a forwarder cannot work as configured
  public Forwarders(
      List<ForwarderConfig> configs,
      Function<String, List<String>> namesOfTenant,
      long maxWaitingBytes,
      MeterRegistry registry,
      RateLimitedLog log,
      Duration grace) {
    this(ForwarderFactory.create(configs), namesOfTenant, maxWaitingBytes, registry, log, grace);
  }

  Forwarders(
      Map<String, Forwarder> byName,
      Function<String, List<String>> namesOfTenant,
      long maxWaitingBytes,
      MeterRegistry registry,
      RateLimitedLog log,
      Duration grace) {
    this.byName = Map.copyOf(byName);
    this.namesOfTenant = namesOfTenant;
    this.budget = new ByteBudget(maxWaitingBytes);
    this.registry = registry;
    this.log = log;
    this.grace = grace;
  }

  @Override
  public void stored(String tenant, byte[] otlp) {
    if (closed) {
      return;
    }
    for (String name : namesOfTenant.apply(tenant)) {
      Forwarder forwarder = byName.get(name);
      if (forwarder == null) {
        log.warn(
            LOG, "forwarder of overrides is not in distributor.forwarders", tenant, "name", name);
      } else if (!queue(tenant, forwarder).offer(otlp)) {
        log.warn(LOG, "queue of forwarder is full, request dropped", tenant, "name", name);
      }
    }
  }

  private ForwarderQueue queue(String tenant, Forwarder forwarder) {
    return queues.computeIfAbsent(
        new QueueKey(tenant, forwarder.name()),
        key ->
            new ForwarderQueue(
                forwarder.name(),
                tenant,
                workers,
                budget,
                otlp -> send(forwarder, tenant, otlp),
                registry));
  }

  private void send(Forwarder forwarder, String tenant, byte[] otlp) {
    try {
      byte[] kept = forwarder.filter().apply(otlp);
      if (kept.length > 0) {
        forwarder.sink().send(tenant, kept);
      }
    } catch (ForwardException | InvalidProtocolBufferException e) {
      log.warn(LOG, "forwarding failed", tenant, "err", forwarder.name() + ": " + e.getMessage());
    }
  }

  /// Sends what is queued, for as long as the grace lasts, and closes the connections. Must be
  /// called after the last push.
  @Override
  public void close() {
    closed = true;
    workers.shutdown();
    try {
      if (!workers.awaitTermination(grace.toNanos(), TimeUnit.NANOSECONDS)) {
        workers.shutdownNow();
        int left = queues.values().stream().mapToInt(ForwarderQueue::length).sum();
        LOG.atWarn().addKeyValue("requests", left).log("forwarders stopped before all was sent");
      }
    } catch (InterruptedException e) {
      workers.shutdownNow();
      Thread.currentThread().interrupt();
    }
    byName.values().forEach(forwarder -> forwarder.sink().close());
  }
}
