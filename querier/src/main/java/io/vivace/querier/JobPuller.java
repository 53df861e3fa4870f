package io.vivace.querier;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.vivace.service.grpc.InternalChannels;
import io.vivace.service.lifecycle.Phases;
import io.vivace.traceql.TraceQlException;
import io.vivace.wire.queue.Job;
import io.vivace.wire.queue.JobQueueGrpc;
import io.vivace.wire.queue.JobResult;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/// Keeps streams open to every query-frontend, takes jobs from them, one a stream, and answers. A
/// stream that breaks is opened again; query-frontends that come and go are looked for all the
/// time.
final class JobPuller implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(JobPuller.class);
  private static final long RETRY_MILLIS = 500;

  private final Supplier<Set<String>> frontends;
  private final IntUnaryOperator streamsPerFrontend;
  private final Duration lookupPeriod;
  private final InternalChannels channels;
  private final JobExecutor executor;
  private final Map<String, List<Stream>> streams = new HashMap<>();
  private final ScheduledExecutorService reopening =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("querier-reconnect").daemon().factory());
  private volatile boolean running;

  /// @param frontends the addresses of the query-frontends now
  /// @param streamsPerFrontend how many streams each gets, by the number of query-frontends
  /// @param lookupPeriod how often they are looked for
  JobPuller(
      Supplier<Set<String>> frontends,
      IntUnaryOperator streamsPerFrontend,
      Duration lookupPeriod,
      InternalChannels channels,
      JobExecutor executor) {
    this.frontends = frontends;
    this.streamsPerFrontend = streamsPerFrontend;
    this.lookupPeriod = lookupPeriod;
    this.channels = channels;
    this.executor = executor;
  }

  @Override
  public void start() {
    running = true;
    look();
    long millis = Math.max(RETRY_MILLIS, lookupPeriod.toMillis());
    ScheduledFuture<?> _ =
        reopening.scheduleWithFixedDelay(this::look, millis, millis, TimeUnit.MILLISECONDS);
  }

  /// Opens streams to query-frontends that came, ends those to others.
  private void look() {
    try {
      adjust(frontends.get());
    } catch (RuntimeException e) {
      // a periodic task that throws is never run again
      LOG.error("msg=\"query-frontends not looked for\"", e);
    }
  }

  private synchronized void adjust(Set<String> now) {
    if (!running) {
      return;
    }
    for (String gone : Set.copyOf(streams.keySet())) {
      if (!now.contains(gone)) {
        streams.getOrDefault(gone, List.of()).forEach(Stream::end);
        streams.remove(gone);
      }
    }
    int wanted = Math.max(1, streamsPerFrontend.applyAsInt(now.size()));
    for (String frontend : now) {
      List<Stream> open = streams.computeIfAbsent(frontend, key -> new ArrayList<>());
      while (open.size() > wanted) {
        open.removeLast().end();
      }
      while (open.size() < wanted) {
        Stream stream = new Stream(frontend);
        open.add(stream);
        stream.open();
      }
    }
  }

  @Override
  public void stop() {
    running = false;
    List<Runnable> _ = reopening.shutdownNow();
    synchronized (this) {
      streams.values().forEach(open -> open.forEach(Stream::end));
      streams.clear();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return Phases.CLIENTS;
  }

  private final class Stream implements StreamObserver<Job> {
    private final String frontend;
    private @Nullable StreamObserver<JobResult> results;
    private boolean isBusy;
    private boolean isEnded;

    Stream(String frontend) {
      this.frontend = frontend;
    }

    synchronized void open() {
      if (isEnded) {
        return;
      }
      isBusy = false;
      results = JobQueueGrpc.newStub(channels.channel(frontend)).pull(this);
    }

    /// Takes no more jobs; one that is under way is answered first, unless the process stops.
    synchronized void end() {
      isEnded = true;
      if (!isBusy || !running) {
        complete();
      }
    }

    private void complete() {
      if (results != null) {
        results.onCompleted();
        results = null;
      }
    }

    private synchronized void send(JobResult result) {
      isBusy = false;
      if (results != null) {
        results.onNext(result);
      }
      if (isEnded) {
        complete();
      }
    }

    @Override
    public void onNext(Job job) {
      synchronized (this) {
        isBusy = true;
      }
      Thread _ = Thread.ofVirtual().name("job-" + job.getId()).start(() -> send(answer(job)));
    }

    private JobResult answer(Job job) {
      JobResult.Builder result = JobResult.newBuilder().setId(job.getId());
      try {
        ByteString response = executor.execute(job);
        return result.setResponse(response).build();
      } catch (StatusRuntimeException e) {
        return failed(result, e.getStatus().getCode(), e.getStatus().getDescription());
      } catch (TraceQlException.Unsupported e) {
        return failed(result, Status.Code.UNIMPLEMENTED, e.getMessage());
      } catch (TraceQlException | IllegalArgumentException e) {
        return failed(result, Status.Code.INVALID_ARGUMENT, e.getMessage());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return failed(result, Status.Code.UNAVAILABLE, "querier is shutting down");
      } catch (IOException | RuntimeException e) {
        LOG.error("msg=\"job failed\" tenant={} kind={}", job.getTenant(), job.getKind(), e);
        return failed(result, Status.Code.INTERNAL, e.toString());
      }
    }

    private static JobResult failed(
        JobResult.Builder result, Status.Code code, @Nullable String message) {
      return result
          .setCode(code.value())
          .setMessage(message == null ? code.name() : message)
          .build();
    }

    @Override
    public void onError(Throwable error) {
      reopen();
    }

    @Override
    public void onCompleted() {
      reopen();
    }

    private void reopen() {
      synchronized (this) {
        results = null;
        if (!running || isEnded) {
          return;
        }
      }
      try {
        ScheduledFuture<?> _ = reopening.schedule(this::open, RETRY_MILLIS, TimeUnit.MILLISECONDS);
      } catch (RejectedExecutionException e) {
        LOG.debug("msg=\"querier stops\" frontend={}", frontend, e);
      }
    }
  }
}
