package io.vivace.frontend.queue;

import io.grpc.stub.StreamObserver;
import io.vivace.wire.queue.Job;
import io.vivace.wire.queue.JobQueueGrpc;
import io.vivace.wire.queue.JobResult;
import java.util.concurrent.atomic.AtomicBoolean;

/// The queue over gRPC.
public final class JobQueueService extends JobQueueGrpc.JobQueueImplBase {
  private final JobQueue queue;

  /// Serves `queue`.
  public JobQueueService(JobQueue queue) {
    this.queue = queue;
  }

  @Override
  public StreamObserver<JobResult> pull(StreamObserver<Job> jobs) {
    Stream stream = new Stream(jobs);
    queue.connected(stream);
    return stream;
  }

  private final class Stream implements JobQueue.Worker, StreamObserver<JobResult> {
    private final StreamObserver<Job> jobs;
    private final AtomicBoolean ended = new AtomicBoolean();

    Stream(StreamObserver<Job> jobs) {
      this.jobs = jobs;
    }

    @Override
    public void send(Job job) {
      try {
        synchronized (jobs) {
          jobs.onNext(job);
        }
      } catch (RuntimeException e) {
        // the stream was cancelled at this moment: the job goes to another querier
        end();
      }
    }

    @Override
    public void onNext(JobResult result) {
      queue.finished(this, result);
    }

    @Override
    public void onError(Throwable error) {
      end();
    }

    @Override
    public void onCompleted() {
      end();
      synchronized (jobs) {
        jobs.onCompleted();
      }
    }

    private void end() {
      if (ended.compareAndSet(false, true)) {
        queue.gone(this);
      }
    }
  }
}
