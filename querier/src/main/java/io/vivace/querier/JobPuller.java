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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/// Keeps streams open to every query-frontend, takes jobs from them, one a stream, and answers. A
/// stream that breaks is opened again.
final class JobPuller implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(JobPuller.class);
  private static final long RETRY_MILLIS = 500;

  private final List<String> frontends;
  private final int streamsPerFrontend;
  private final InternalChannels channels;
  private final JobExecutor executor;
  private final List<Stream> streams = new ArrayList<>();
  private final ScheduledExecutorService reopening =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("querier-reconnect").daemon().factory());
  private volatile boolean running;

  JobPuller(
      List<String> frontends,
      int streamsPerFrontend,
      InternalChannels channels,
      JobExecutor executor) {
    this.frontends = frontends;
    this.streamsPerFrontend = streamsPerFrontend;
    this.channels = channels;
    this.executor = executor;
  }

  @Override
  public void start() {
    running = true;
    for (String frontend : frontends) {
      for (int i = 0; i < streamsPerFrontend; i++) {
        Stream stream = new Stream(frontend);
        streams.add(stream);
        stream.open();
      }
    }
  }

  @Override
  public void stop() {
    running = false;
    reopening.shutdownNow();
    streams.forEach(Stream::end);
    streams.clear();
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

    Stream(String frontend) {
      this.frontend = frontend;
    }

    synchronized void open() {
      results = JobQueueGrpc.newStub(channels.channel(frontend)).pull(this);
    }

    synchronized void end() {
      if (results != null) {
        results.onCompleted();
        results = null;
      }
    }

    private synchronized void send(JobResult result) {
      if (results != null) {
        results.onNext(result);
      }
    }

    @Override
    public void onNext(Job job) {
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
      }
      if (!running) {
        return;
      }
      try {
        ScheduledFuture<?> _ = reopening.schedule(this::open, RETRY_MILLIS, TimeUnit.MILLISECONDS);
      } catch (RejectedExecutionException e) {
        LOG.debug("msg=\"querier stops\" frontend={}", frontend, e);
      }
    }
  }
}
