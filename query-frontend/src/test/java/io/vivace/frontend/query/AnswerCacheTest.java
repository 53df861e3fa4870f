package io.vivace.frontend.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.vivace.storage.cache.Cache;
import io.vivace.storage.cache.LocalCache;
import io.vivace.wire.queue.BlockRange;
import io.vivace.wire.queue.JobKind;
import io.vivace.wire.tempopb.SearchRequest;
import io.vivace.wire.tempopb.SearchResponse;
import io.vivace.wire.tempopb.TraceSearchMetadata;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AnswerCacheTest {
  private static final SearchRequest REQUEST =
      SearchRequest.newBuilder().setQuery("{}").setStart(1).setEnd(9).setLimit(20).build();
  private static final ByteString ANSWER =
      SearchResponse.newBuilder()
          .addTraces(TraceSearchMetadata.newBuilder().setTraceID("1"))
          .build()
          .toByteString();

  private final Cache cache = new LocalCache(1 << 20);
  private final AnswerCache answers = new AnswerCache(cache);
  private final AtomicInteger jobs = new AtomicInteger();

  private static Jobs.Part part(boolean isWhole, int firstRowGroup) {
    return new Jobs.Part(
        List.of(
            BlockRange.newBuilder()
                .setBlockId("b")
                .setFirstRowGroup(firstRowGroup)
                .setRowGroups(2)
                .build()),
        5,
        isWhole);
  }

  private String key(SearchRequest request, Jobs.Part part) {
    return answers.key(JobKind.SEARCH, "tenant", request, part).orElseThrow();
  }

  private CompletableFuture<ByteString> ask(String key) {
    return answers.answer(
        key,
        SearchResponse.parser(),
        () -> {
          jobs.incrementAndGet();
          return CompletableFuture.completedFuture(ANSWER);
        });
  }

  @Test
  void asksOnceForWhatDoesNotChange() {
    String key = key(REQUEST, part(true, 0));
    assertThat(key).startsWith("sj:tenant:").endsWith(":b:0:2");
    assertThat(ask(key).join()).isEqualTo(ANSWER);
    assertThat(ask(key).join()).isEqualTo(ANSWER);
    assertThat(jobs).hasValue(1);
  }

  @Test
  void keysTellQueriesRangesOfRowGroupsTenantsAndKindsApart() {
    String key = key(REQUEST, part(true, 0));
    assertThat(key(REQUEST.toBuilder().setStart(0).setEnd(99).build(), part(true, 0)))
        .isEqualTo(key);
    assertThat(key(REQUEST.toBuilder().setLimit(21).build(), part(true, 0))).isNotEqualTo(key);
    assertThat(key(REQUEST, part(true, 2))).isNotEqualTo(key);
    assertThat(answers.key(JobKind.SEARCH, "other", REQUEST, part(true, 0)))
        .isPresent()
        .get()
        .isNotEqualTo(key);
    assertThat(answers.key(JobKind.SEARCH, "tenant", REQUEST, part(false, 0))).isEmpty();
    assertThat(answers.key(JobKind.FIND_TRACE, "tenant", REQUEST, part(true, 0))).isEmpty();
    assertThat(
            answers.key(
                JobKind.SEARCH, "tenant", REQUEST, new Jobs.Part(List.of(), Long.MAX_VALUE, true)))
        .isEqualTo(Optional.empty());
    assertThat(new AnswerCache(Cache.none()).key(JobKind.SEARCH, "tenant", REQUEST, part(true, 0)))
        .isEmpty();
  }

  @Test
  void asksWhenWhatIsKeptIsNoAnswer() {
    String key = key(REQUEST, part(true, 0));
    cache.put(key, new byte[] {1, 2, 3});
    assertThat(ask(key).join()).isEqualTo(ANSWER);
    assertThat(jobs).hasValue(1);
  }

  @Test
  void keepsNoFailures() {
    String key = key(REQUEST, part(true, 0));
    CompletableFuture<ByteString> failed =
        answers.answer(
            key,
            SearchResponse.parser(),
            () -> CompletableFuture.failedFuture(new IllegalStateException("told to fail")));
    assertThatThrownBy(failed::join)
        .isInstanceOf(CompletionException.class)
        .hasRootCauseMessage("told to fail");
    assertThat(ask(key).join()).isEqualTo(ANSWER);
  }

  @Test
  void cancelsTheJob() throws InterruptedException {
    CompletableFuture<ByteString> job = new CompletableFuture<>();
    CountDownLatch submitted = new CountDownLatch(1);
    CompletableFuture<ByteString> answer =
        answers.answer(
            "key",
            SearchResponse.parser(),
            () -> {
              submitted.countDown();
              return job;
            });
    assertThat(submitted.await(60, TimeUnit.SECONDS)).isTrue();
    answer.cancel(false);
    assertThatThrownBy(() -> job.get(60, TimeUnit.SECONDS))
        .isInstanceOf(java.util.concurrent.CancellationException.class);
  }
}
