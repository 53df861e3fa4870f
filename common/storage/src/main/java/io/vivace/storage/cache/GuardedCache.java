package io.vivace.storage.cache;

import io.vivace.storage.cache.CacheEvents.Operation;
import io.vivace.storage.cache.CacheEvents.Outcome;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A shared cache that cannot do harm: reads wait for its timeout at most, writes happen in the
/// background, and when it fails again and again it is left alone for a while.
final class GuardedCache implements Cache {
  private static final Logger LOG = LoggerFactory.getLogger(GuardedCache.class);

  private final String name;
  private final RemoteCache remote;
  private final GuardSettings settings;
  private final CacheEvents events;
  private final LongSupplier nanoTime;
  private final Map<String, CircuitBreaker> breakers = new ConcurrentHashMap<>();
  private final BlockingQueue<Write> writes;
  private final AtomicLong waitingBytes = new AtomicLong();
  private final ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicLong failures = new AtomicLong();

  private record Write(String key, byte[] value) {}

  /// @param name for the log
  GuardedCache(
      String name,
      RemoteCache remote,
      GuardSettings settings,
      CacheEvents events,
      LongSupplier nanoTime) {
    this.name = name;
    this.remote = remote;
    this.settings = settings;
    this.events = events;
    this.nanoTime = nanoTime;
    this.writes = new ArrayBlockingQueue<>(settings.waitingWrites());
    events.queue(writes::size);
    for (int i = 0; i < settings.writers(); i++) {
      writers.execute(this::write);
    }
  }

  @Override
  public byte @Nullable [] get(String key) {
    if (!remote.takes(key)) {
      return null;
    }
    CircuitBreaker breaker = breaker(key);
    if (!breaker.allows()) {
      return null;
    }
    Optional<byte[]> answer = request(Operation.GET, breaker, () -> remote.get(key));
    return answer == null ? null : answer.orElse(null);
  }

  private CircuitBreaker breaker(String key) {
    return breakers.computeIfAbsent(
        remote.server(key),
        server ->
            new CircuitBreaker(
                settings.failures(),
                settings.pause().toNanos(),
                settings.interval().toNanos(),
                nanoTime));
  }

  @Override
  public void put(String key, byte[] value) {
    if (!remote.takes(key)) {
      return;
    }
    if (settings.maxItemBytes() > 0 && value.length > settings.maxItemBytes()) {
      events.skipped();
      return;
    }
    if (waitingBytes.addAndGet(value.length) > settings.waitingBytes()
        || !writes.offer(new Write(key, value))) {
      waitingBytes.addAndGet(-value.length);
      events.dropped();
    }
  }

  private void write() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        Write write = writes.take();
        waitingBytes.addAndGet(-write.value().length);
        CircuitBreaker breaker = breaker(write.key());
        if (breaker.allows()) {
          Object _ = request(Operation.PUT, breaker, () -> remote.set(write.key(), write.value()));
        } else {
          events.dropped();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Waits for the answer; null when there is none.
  private <T> @Nullable T request(
      Operation operation,
      CircuitBreaker breaker,
      Supplier<? extends CompletionStage<? extends T>> request) {
    long start = nanoTime.getAsLong();
    try {
      T answer =
          request
              .get()
              .toCompletableFuture()
              .get(settings.timeout().toNanos(), TimeUnit.NANOSECONDS);
      breaker.succeeded();
      boolean isMiss = answer instanceof Optional<?> found && found.isEmpty();
      events.request(operation, isMiss ? Outcome.MISS : Outcome.OK, nanoTime.getAsLong() - start);
      return answer;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    } catch (ExecutionException e) {
      failed(operation, breaker, start, e.getCause());
      return null;
    } catch (TimeoutException | RuntimeException e) {
      failed(operation, breaker, start, e);
      return null;
    }
  }

  private void failed(
      Operation operation, CircuitBreaker breaker, long start, @Nullable Throwable cause) {
    breaker.failed();
    events.request(operation, Outcome.FAILED, nanoTime.getAsLong() - start);
    if (failures.getAndIncrement() == 0) {
      LOG.warn("msg=\"cache failed, reads go on without it\" cache={}", name, cause);
    } else {
      LOG.debug("msg=\"cache failed\" cache={}", name, cause);
    }
  }

  @Override
  public void close() {
    writers.shutdownNow();
    remote.close();
  }
}
