package io.vivace.distributor.receiver.jaeger;

import io.vivace.distributor.receiver.jaeger.UdpCounters.Drop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Datagrams that wait to be stored, and the workers that store them. A worker runs only while
/// there is something to do.
final class DatagramQueue {
  private static final Logger LOG = LoggerFactory.getLogger(DatagramQueue.class);

  /// How many datagrams a worker takes at once.
  private static final int TAKEN_AT_ONCE = 64;

  private final BlockingQueue<byte[]> waiting;
  private final int workers;
  private final Semaphore idle;
  private final Executor executor;
  private final Consumer<List<byte[]>> store;
  private final UdpCounters counters;

  /// @param size how many datagrams may wait (`queue_size`)
  /// @param workers how many requests may be on their way at once
  DatagramQueue(
      int size,
      int workers,
      Executor executor,
      Consumer<List<byte[]>> store,
      UdpCounters counters) {
    this.waiting = new ArrayBlockingQueue<>(size);
    this.workers = workers;
    this.idle = new Semaphore(workers);
    this.executor = executor;
    this.store = store;
    this.counters = counters;
  }

  /// Adds a datagram, or counts it when the queue is full.
  void add(byte[] datagram) {
    if (waiting.offer(datagram)) {
      startWorker();
    } else {
      counters.dropped(Drop.QUEUE_FULL, 1);
    }
  }

  /// Waits until everything is stored; counts what is left when `grace` is over. Nothing may be
  /// added any more.
  void close(Duration grace) throws InterruptedException {
    if (idle.tryAcquire(workers, grace.toMillis(), TimeUnit.MILLISECONDS)) {
      storeWaiting();
    } else {
      List<byte[]> left = new ArrayList<>();
      waiting.drainTo(left);
      counters.dropped(Drop.SHUTDOWN, left.size());
    }
  }

  private void startWorker() {
    if (idle.tryAcquire()) {
      executor.execute(this::work);
    }
  }

  private void work() {
    try {
      storeWaiting();
    } finally {
      idle.release();
    }
    if (!waiting.isEmpty()) {
      // came between the last look and the release
      startWorker();
    }
  }

  private void storeOrCount(List<byte[]> taken) {
    try {
      store.accept(taken);
    } catch (RuntimeException e) {
      LOG.error("msg=\"datagrams not stored\" count={}", taken.size(), e);
      counters.dropped(Drop.REFUSED, taken.size());
    }
  }

  private void storeWaiting() {
    List<byte[]> taken = new ArrayList<>(TAKEN_AT_ONCE);
    while (waiting.drainTo(taken, TAKEN_AT_ONCE) > 0) {
      storeOrCount(taken);
      taken.clear();
    }
  }
}
