package io.vivace.frontend.queue;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.vivace.wire.queue.Job;
import io.vivace.wire.queue.JobResult;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Jobs that wait for a querier. Tenants take turns; a tenant's own jobs are taken in order.
public final class JobQueue {
  private final int maxOutstandingPerTenant;
  private final int maxAttempts;
  private final ReentrantLock lock = new ReentrantLock();
  private final LinkedHashMap<String, ArrayDeque<Pending>> waiting = new LinkedHashMap<>();
  private final Map<Worker, Pending> running = new HashMap<>();
  private final ArrayDeque<Worker> idle = new ArrayDeque<>();
  private int workers;
  private long lastId;

  /// An empty queue.
  ///
  /// @param maxOutstandingPerTenant most jobs of a tenant that may wait
  ///   (`max_outstanding_per_tenant`)
  /// @param maxAttempts how often a job is tried (`max_retries`)
  public JobQueue(int maxOutstandingPerTenant, int maxAttempts) {
    this.maxOutstandingPerTenant = maxOutstandingPerTenant;
    this.maxAttempts = Math.max(1, maxAttempts);
  }

  /// A querier's stream: takes one job at a time.
  interface Worker {
    /// Sends a job. The answer comes as [JobQueue#finished], or [JobQueue#gone].
    void send(Job job);
  }

  private static final class Pending {
    private final Job job;
    private final CompletableFuture<ByteString> result = new CompletableFuture<>();
    private int attempts;

    Pending(Job job) {
      this.job = job;
    }
  }

  /// Puts a job into the queue; its id is given here.
  ///
  /// @return the response of the job's kind; fails with a [QueryException]. Cancelling it takes the
  ///   job out of the queue.
  public CompletableFuture<ByteString> submit(Job.Builder job) {
    Pending pending;
    lock.lock();
    try {
      pending = new Pending(job.setId(++lastId).build());
      ArrayDeque<Pending> queue =
          waiting.computeIfAbsent(job.getTenant(), tenant -> new ArrayDeque<>());
      queue.removeIf(other -> other.result.isDone());
      if (queue.size() >= maxOutstandingPerTenant) {
        pending.result.completeExceptionally(
            new QueryException(Status.Code.RESOURCE_EXHAUSTED, "job queue full"));
        return pending.result;
      }
      queue.add(pending);
    } finally {
      lock.unlock();
    }
    dispatch();
    return pending.result;
  }

  /// A querier connected and asks for work.
  void connected(Worker worker) {
    lock.lock();
    try {
      workers++;
      idle.add(worker);
    } finally {
      lock.unlock();
    }
    dispatch();
  }

  /// A worker answered its job and asks for the next one.
  void finished(Worker worker, JobResult result) {
    Pending pending;
    lock.lock();
    try {
      pending = running.remove(worker);
      idle.add(worker);
    } finally {
      lock.unlock();
    }
    if (pending != null && pending.job.getId() == result.getId()) {
      if (result.getCode() == 0) {
        pending.result.complete(result.getResponse());
      } else {
        failed(
            pending,
            new QueryException(
                Status.fromCodeValue(result.getCode()).getCode(), result.getMessage()));
      }
    }
    dispatch();
  }

  /// A worker's stream ended; its job is given to another one.
  void gone(Worker worker) {
    Pending pending;
    lock.lock();
    try {
      workers--;
      idle.remove(worker);
      pending = running.remove(worker);
    } finally {
      lock.unlock();
    }
    if (pending != null) {
      failed(pending, new QueryException(Status.Code.UNAVAILABLE, "querier disconnected"));
    }
    dispatch();
  }

  private void failed(Pending pending, QueryException error) {
    if (!error.isRetryable() || pending.attempts >= maxAttempts) {
      pending.result.completeExceptionally(error);
      return;
    }
    lock.lock();
    try {
      waiting
          .computeIfAbsent(pending.job.getTenant(), tenant -> new ArrayDeque<>())
          .addFirst(pending);
    } finally {
      lock.unlock();
    }
  }

  private void dispatch() {
    while (true) {
      Worker worker;
      Pending next;
      lock.lock();
      try {
        worker = idle.peek();
        next = worker == null ? null : next();
        if (worker == null || next == null) {
          return;
        }
        idle.remove();
        next.attempts++;
        running.put(worker, next);
      } finally {
        lock.unlock();
      }
      worker.send(next.job);
    }
  }

  /// The next job of the tenant whose turn it is; that tenant goes to the end of the line.
  private @Nullable Pending next() {
    while (!waiting.isEmpty()) {
      Map.Entry<String, ArrayDeque<Pending>> tenant = waiting.firstEntry();
      waiting.remove(tenant.getKey());
      Pending pending = tenant.getValue().poll();
      if (!tenant.getValue().isEmpty()) {
        waiting.put(tenant.getKey(), tenant.getValue());
      }
      if (pending != null && !pending.result.isDone()) {
        return pending;
      }
    }
    return null;
  }

  /// How many streams of queriers are connected.
  public int workers() {
    lock.lock();
    try {
      return workers;
    } finally {
      lock.unlock();
    }
  }

  /// How many jobs wait.
  public int length() {
    lock.lock();
    try {
      return waiting.values().stream().mapToInt(ArrayDeque::size).sum();
    } finally {
      lock.unlock();
    }
  }
}
