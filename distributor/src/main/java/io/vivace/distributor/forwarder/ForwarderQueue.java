package io.vivace.distributor.forwarder;

import io.micrometer.core.instrument.MeterRegistry;
import io.vivace.distributor.ByteBudget;
import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What waits to be sent by one forwarder for one tenant. Bounded in requests by itself and in
/// bytes by the budget of all queues. Workers run only while there is something to send.
final class ForwarderQueue {
  /// Most requests that wait. Source: Tempo 2.9 `modules/distributor/forwarder`.
  static final int CAPACITY = 100;

  private static final Logger LOG = LoggerFactory.getLogger(ForwarderQueue.class);
  private static final int WORKERS = 2;

  private final Executor executor;
  private final ByteBudget budget;
  private final Consumer<byte[]> send;
  private final QueueMetrics metrics;
  private final ReentrantLock lock = new ReentrantLock();
  private final ArrayDeque<byte[]> waiting = new ArrayDeque<>();
  private int workers;

  /// @param executor runs the workers, which block
  /// @param send sends one request; what it throws is logged
  ForwarderQueue(
      String name,
      String tenant,
      Executor executor,
      ByteBudget budget,
      Consumer<byte[]> send,
      MeterRegistry registry) {
    this.executor = executor;
    this.budget = budget;
    this.send = send;
    this.metrics = QueueMetrics.register(registry, name, tenant, this::length);
  }

  /// Queues a request, or drops it when there is no room.
  ///
  /// @return whether it was queued
  boolean offer(byte[] otlp) {
    metrics.pushes().increment();
    lock.lock();
    try {
      if (waiting.size() >= CAPACITY || !budget.take(otlp.length)) {
        metrics.failures().increment();
        return false;
      }
      waiting.add(otlp);
      if (workers < WORKERS) {
        workers++;
        executor.execute(this::drain);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void drain() {
    for (byte[] next = next(); next != null; next = next()) {
      try {
        send.accept(next);
      } catch (RuntimeException | Error e) {
        // what waits behind it is no worse for this one: the worker goes on
        LOG.error("msg=\"request not forwarded\" bytes={}", next.length, e);
      } finally {
        budget.give(next.length);
      }
    }
  }

  /// The next request; null ends the worker, under the same lock under which one is started.
  private byte @Nullable [] next() {
    lock.lock();
    try {
      byte[] next = Thread.currentThread().isInterrupted() ? null : waiting.poll();
      if (next == null) {
        workers--;
      }
      return next;
    } finally {
      lock.unlock();
    }
  }

  /// How many requests wait.
  int length() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }
}
