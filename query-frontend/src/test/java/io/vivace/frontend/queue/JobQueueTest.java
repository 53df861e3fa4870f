package io.vivace.frontend.queue;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.vivace.wire.queue.Job;
import io.vivace.wire.queue.JobResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class JobQueueTest {
  private final JobQueue queue = new JobQueue(3, 2);

  @Test
  void givesTenantsTurns() {
    for (String tenant : List.of("a", "a", "a", "b")) {
      CompletableFuture<ByteString> _ = queue.submit(job(tenant));
    }
    Worker worker = new Worker();
    queue.connected(worker);
    for (int i = 0; i < 3; i++) {
      queue.finished(worker, JobResult.newBuilder().setId(worker.last().getId()).build());
    }
    assertThat(worker.jobs).extracting(Job::getTenant).containsExactly("a", "b", "a", "a");
  }

  @Test
  void refusesWhenTooManyJobsOfATenantWait() {
    for (int i = 0; i < 3; i++) {
      assertThat(queue.submit(job("a"))).isNotDone();
    }
    assertThat(queue.submit(job("a")))
        .failsWithin(Duration.ofSeconds(30))
        .withThrowableThat()
        .havingCause()
        .isInstanceOfSatisfying(
            QueryException.class,
            e -> assertThat(e.code()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED));
    assertThat(queue.submit(job("b"))).isNotDone();
  }

  @Test
  void givesTheJobOfAWorkerThatWentAwayToAnother() {
    Worker first = new Worker();
    Worker second = new Worker();
    queue.connected(first);
    CompletableFuture<ByteString> result = queue.submit(job("a"));
    queue.gone(first);
    queue.connected(second);
    ByteString answer = ByteString.copyFromUtf8("answer");
    queue.finished(
        second, JobResult.newBuilder().setId(second.last().getId()).setResponse(answer).build());
    assertThat(result).isCompletedWithValue(answer);
    assertThat(queue.workers()).isEqualTo(1);
  }

  @Test
  void triesAgainOnlyWhatMaySucceed() {
    Worker worker = new Worker();
    queue.connected(worker);
    CompletableFuture<ByteString> mistake = queue.submit(job("a"));
    queue.finished(worker, failed(worker, Status.Code.INVALID_ARGUMENT));
    assertThat(mistake).isCompletedExceptionally();
    CompletableFuture<ByteString> flaky = queue.submit(job("a"));
    queue.finished(worker, failed(worker, Status.Code.UNAVAILABLE));
    assertThat(flaky).isNotDone();
    queue.finished(worker, failed(worker, Status.Code.UNAVAILABLE));
    assertThat(flaky).isCompletedExceptionally();
    assertThat(worker.jobs).hasSize(3);
  }

  @Test
  void forgetsJobsThatNobodyWaitsFor() {
    CompletableFuture<ByteString> cancelled = queue.submit(job("a"));
    cancelled.cancel(false);
    CompletableFuture<ByteString> wanted = queue.submit(job("a"));
    Worker worker = new Worker();
    queue.connected(worker);
    assertThat(worker.jobs).hasSize(1);
    queue.finished(worker, JobResult.newBuilder().setId(worker.last().getId()).build());
    assertThat(wanted).isCompleted();
  }

  private static JobResult failed(Worker worker, Status.Code code) {
    return JobResult.newBuilder().setId(worker.last().getId()).setCode(code.value()).build();
  }

  private static Job.Builder job(String tenant) {
    return Job.newBuilder().setTenant(tenant);
  }

  private static final class Worker implements JobQueue.Worker {
    private final List<Job> jobs = new ArrayList<>();

    @Override
    public void send(Job job) {
      jobs.add(job);
    }

    Job last() {
      return jobs.getLast();
    }
  }
}
