package io.vivace.frontend.query;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.grpc.Status;
import io.vivace.frontend.queue.JobQueue;
import io.vivace.frontend.queue.QueryException;
import io.vivace.wire.queue.BlockRange;
import io.vivace.wire.queue.Job;
import io.vivace.wire.queue.JobKind;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// Runs the jobs of one query: in order, a bounded number at a time, until all are done or the
/// answer is complete.
final class Jobs {
  /// One job.
  ///
  /// @param blocks what it reads; recent data when empty
  /// @param newestSeconds latest second that it can know of, for stopping early
  /// @param isWhole whether the query's range encloses the block's, so that the answer is the same
  ///   for every such range
  record Part(List<BlockRange> blocks, long newestSeconds, boolean isWhole) {}

  private final JobQueue queue;
  private final AnswerCache cache;
  private final int concurrency;
  private final Duration timeout;

  Jobs(JobQueue queue, AnswerCache cache, int concurrency, Duration timeout) {
    this.queue = queue;
    this.cache = cache;
    this.concurrency = Math.max(1, concurrency);
    this.timeout = timeout;
  }

  /// What became of the jobs.
  ///
  /// @param total how many there were
  /// @param completed how many ran
  record Outcome(int total, int completed) {}

  /// Runs jobs.
  ///
  /// @param take gets each response
  /// @param stop tells, given the part that would be next, that the answer is complete without it
  /// @throws QueryException when a job failed, or time is up
  <R extends Message> Outcome run(
      String tenant,
      JobKind kind,
      Message request,
      List<Part> parts,
      Parser<R> parser,
      Consumer<R> take,
      Predicate<Part> stop) {
    ByteString encoded = request.toByteString();
    long deadline = System.nanoTime() + timeout.toNanos();
    ArrayDeque<CompletableFuture<ByteString>> running = new ArrayDeque<>();
    List<Part> waiting = new ArrayList<>(parts);
    int completed = 0;
    try {
      while (!running.isEmpty() || !waiting.isEmpty()) {
        while (running.size() < concurrency && !waiting.isEmpty()) {
          if (stop.test(waiting.getFirst())) {
            waiting.clear();
            break;
          }
          Part part = waiting.removeFirst();
          Job.Builder job =
              Job.newBuilder()
                  .setTenant(tenant)
                  .setKind(kind)
                  .setRequest(encoded)
                  .addAllBlocks(part.blocks())
                  .setTimeoutMillis(timeout.toMillis());
          running.add(
              cache
                  .key(kind, tenant, request, part)
                  .map(key -> cache.answer(key, parser, () -> queue.submit(job)))
                  .orElseGet(() -> queue.submit(job)));
        }
        if (!running.isEmpty()) {
          take.accept(parse(parser, await(running.remove(), deadline)));
          completed++;
        }
      }
    } finally {
      running.forEach(job -> job.cancel(false));
    }
    return new Outcome(parts.size(), completed);
  }

  private static <R extends Message> R parse(Parser<R> parser, ByteString response) {
    try {
      return parser.parseFrom(response);
    } catch (InvalidProtocolBufferException e) {
      throw new QueryException(Status.Code.INTERNAL, "querier's answer: " + e.getMessage());
    }
  }

  private static ByteString await(CompletableFuture<ByteString> job, long deadline) {
    try {
      return job.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (ExecutionException | CompletionException e) {
      if (e.getCause() instanceof QueryException query) {
        throw query;
      }
      throw new QueryException(Status.Code.INTERNAL, String.valueOf(e.getMessage()));
    } catch (TimeoutException e) {
      job.cancel(false);
      throw new QueryException(Status.Code.DEADLINE_EXCEEDED, "context deadline exceeded");
    } catch (CancellationException e) {
      throw new QueryException(Status.Code.CANCELLED, "context canceled");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new QueryException(Status.Code.CANCELLED, "context canceled");
    }
  }
}
