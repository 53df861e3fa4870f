package io.vivace.distributor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.vivace.ring.Instance;
import io.vivace.wire.tempopb.PushBytesRequest;
import io.vivace.wire.tempopb.PushResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class GuardedIngesterClientTest {
  private static final Instance INGESTER = new Instance("a", "a:1", "", Instance.State.ACTIVE);
  private static final PushBytesRequest REQUEST =
      PushBytesRequest.newBuilder().addTraces(ByteString.copyFromUtf8("x".repeat(100))).build();

  private final AtomicLong now = new AtomicLong(1);
  private final List<CompletableFuture<PushResponse>> calls = new ArrayList<>();
  private final GuardedIngesterClient client =
      new GuardedIngesterClient((ingester, tenant, request) -> call(), 250, now::get);

  private CompletableFuture<PushResponse> call() {
    CompletableFuture<PushResponse> call = new CompletableFuture<>();
    calls.add(call);
    return call;
  }

  private CompletableFuture<PushResponse> push() {
    return client.push(INGESTER, "t", REQUEST);
  }

  private void fail(Status status) {
    CompletableFuture<PushResponse> _ = push();
    boolean _ = calls.getLast().completeExceptionally(status.asRuntimeException());
  }

  @Test
  void sparesAnIngesterThatFailedThreeTimesAndTriesItAgainWithOnePush() {
    for (int i = 0; i < 3; i++) {
      fail(Status.DEADLINE_EXCEEDED);
    }
    assertThat(push()).isCompletedExceptionally();
    assertThat(calls).hasSize(3);

    now.addAndGet(Duration.ofSeconds(1).toNanos());
    CompletableFuture<PushResponse> probe = push();
    assertThat(push()).isCompletedExceptionally();
    assertThat(calls).hasSize(4);

    boolean _ = calls.getLast().complete(PushResponse.getDefaultInstance());
    assertThat(probe).isCompleted();
    CompletableFuture<PushResponse> _ = push();
    assertThat(calls).hasSize(5);
  }

  @Test
  void blamesNoIngesterForABadRequest() {
    for (int i = 0; i < 10; i++) {
      fail(Status.INVALID_ARGUMENT);
    }
    assertThat(calls).hasSize(10);
  }

  @Test
  void boundsTheBytesUnderWay() {
    CompletableFuture<PushResponse> first = push();
    CompletableFuture<PushResponse> _ = push();
    assertThat(push()).isCompletedExceptionally();
    boolean _ = calls.getFirst().complete(PushResponse.getDefaultInstance());
    assertThat(first).isCompleted();
    assertThat(push()).isNotDone();
  }
}
