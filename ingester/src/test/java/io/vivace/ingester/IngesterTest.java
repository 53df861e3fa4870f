package io.vivace.ingester;

import static org.assertj.core.api.Assertions.assertThat;

import io.vivace.block.BlockOptions;
import io.vivace.ingester.log.AppendLog;
import io.vivace.ingester.log.LogRecord;
import io.vivace.search.CombinedSearchable;
import io.vivace.storage.BlockList;
import io.vivace.storage.BlockStore;
import io.vivace.storage.LocalObjectStore;
import io.vivace.testkit.ManualClock;
import io.vivace.testkit.Traces;
import io.vivace.wire.TraceId;
import io.vivace.wire.tempopb.PushErrorReason;
import io.vivace.wire.tempopb.SearchRequest;
import io.vivace.wire.tempopb.Trace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IngesterTest {
  private static final String TENANT = "single-tenant";
  private static final Instant NOW = Instant.parse("2026-11-24T12:30:00Z");

  private final ManualClock clock = new ManualClock(NOW);
  private final List<AppendLog> logs = new ArrayList<>();
  private TenantLimits limits = new TenantLimits(0, 0);

  @TempDir private Path folder;

  @AfterEach
  void close() throws IOException {
    for (AppendLog log : logs) {
      log.close();
    }
  }

  @Test
  void findsAndSearchesWhatItAcknowledgedAtOnce() throws IOException {
    Ingester ingester = start();
    push(ingester, 1, 3);
    assertThat(spans(ingester, 1)).isEqualTo(3);
    assertThat(search(ingester)).isEqualTo(1);
    assertThat(ingester.find("somebody else", id(1))).isEmpty();
  }

  @Test
  void joinsThePiecesOfATraceWhereverTheyAre() throws IOException {
    Ingester ingester = start();
    push(ingester, 1, 2);
    assertThat(ingester.flush(TENANT)).isTrue();
    push(ingester, 1, 3);
    clock.advance(Duration.ofSeconds(10));
    assertThat(ingester.sweep()).isZero();
    push(ingester, 1, 5);
    assertThat(spans(ingester, 1)).isEqualTo(5);
    assertThat(search(ingester)).isEqualTo(1);
  }

  @Test
  void hasEverythingAfterACrash() throws IOException {
    Ingester first = start();
    for (int i = 1; i <= 50; i++) {
      push(first, i, 2);
      if (i == 20) {
        assertThat(first.flush(TENANT)).isTrue();
      }
      if (i == 30) {
        clock.advance(Duration.ofSeconds(10));
        assertThat(first.sweep()).isZero();
      }
    }
    // no close: what the first one held in memory is gone
    Ingester second = start();
    for (int i = 1; i <= 50; i++) {
      assertThat(spans(second, i)).as("trace %d", i).isEqualTo(2);
    }
    assertThat(search(second)).isEqualTo(50);
  }

  @Test
  void keepsAFlushedBlockUntilQueriersKnowIt() throws IOException {
    Ingester ingester = start();
    push(ingester, 1, 2);
    assertThat(ingester.flush(TENANT)).isTrue();
    assertThat(spans(ingester, 1)).isEqualTo(2);
    BlockList shared = BlockList.of(shared(), clock, Duration.ofMinutes(10));
    shared.poll();
    assertThat(shared.toRead(TENANT)).hasSize(1);
    clock.advance(Duration.ofMinutes(16));
    assertThat(ingester.sweep()).isZero();
    assertThat(ingester.find(TENANT, id(1))).isEmpty();
    assertThat(shared().open(shared.toRead(TENANT).getFirst()).find(id(1))).isPresent();
  }

  @Test
  void shortensTheLogOnlyWhenEverythingInItIsInABlock() throws IOException {
    Ingester ingester = start(100);
    for (int i = 1; i <= 20; i++) {
      push(ingester, i, 1);
    }
    assertThat(logFiles()).isGreaterThan(10);
    push(ingester, 21, 1);
    assertThat(ingester.flush(TENANT)).isTrue();
    assertThat(logFiles()).isZero();
    Ingester second = start(100);
    assertThat(spans(second, 1)).isEqualTo(1);
  }

  @Test
  void doesNotBringFlushedTracesBackAfterARestart() throws IOException {
    Ingester first = start();
    push(first, 1, 2);
    assertThat(first.flush(TENANT)).isTrue();
    Ingester second = start();
    assertThat(second.flush(TENANT)).isTrue();
    assertThat(shared().blocks(TENANT)).hasSize(1);
    push(second, 2, 1);
    Ingester third = start();
    assertThat(spans(third, 2)).isEqualTo(1);
    assertThat(third.tenants().get(TENANT)).extracting(TenantTraces::liveTraceCount).isEqualTo(1);
  }

  @Test
  void flushesTheBlocksThatTheLastProcessDidNot() throws IOException {
    Path store = folder.resolve("store");
    Files.writeString(Files.createDirectories(folder).resolve("store"), "in the way");
    Ingester first = start();
    push(first, 1, 2);
    assertThat(first.flush(TENANT)).isFalse();
    assertThat(spans(first, 1)).isEqualTo(2);
    Files.delete(store);
    Ingester second = start();
    assertThat(spans(second, 1)).isEqualTo(2);
    assertThat(second.sweep()).isZero();
    assertThat(shared().blocks(TENANT)).isNotEmpty();
  }

  @Test
  void limitsNewTracesOnlyAndTracesThatGrowTooLarge() throws IOException {
    limits = new TenantLimits(2, 0);
    Ingester ingester = start();
    assertThat(push(ingester, 1, 1)).isEqualTo(PushErrorReason.NO_ERROR);
    assertThat(push(ingester, 2, 1)).isEqualTo(PushErrorReason.NO_ERROR);
    assertThat(push(ingester, 3, 1)).isEqualTo(PushErrorReason.MAX_LIVE_TRACES);
    assertThat(push(ingester, 1, 2)).isEqualTo(PushErrorReason.NO_ERROR);
    limits = new TenantLimits(0, 400);
    assertThat(push(ingester, 4, 1)).isEqualTo(PushErrorReason.NO_ERROR);
    assertThat(push(ingester, 4, 9)).isEqualTo(PushErrorReason.TRACE_TOO_LARGE);
    assertThat(spans(ingester, 4)).isEqualTo(1);
  }

  private Ingester start() throws IOException {
    return start(1 << 20);
  }

  private Ingester start(long logFileBytes) throws IOException {
    Path logFolder = folder.resolve("log");
    AppendLog log = new AppendLog(logFolder, true, logFileBytes, 1 << 24);
    logs.add(log);
    Ingester ingester =
        new Ingester(
            logFolder,
            new IngesterSettings(
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                Duration.ofMinutes(30),
                1 << 30,
                Duration.ofMinutes(15)),
            tenant -> limits,
            log,
            new StoredLocalBlocks(
                new BlockStore(new LocalObjectStore(folder.resolve("blocks"))),
                shared(),
                folder.resolve("scratch"),
                BlockOptions.DEFAULT,
                tenant -> List.of(),
                UUID::randomUUID),
            clock);
    assertThat(ingester.start((done, total) -> {}).quarantinedFiles()).isZero();
    return ingester;
  }

  private BlockStore shared() {
    return new BlockStore(new LocalObjectStore(folder.resolve("store")));
  }

  private long logFiles() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("log"))) {
      return files.count();
    }
  }

  private static PushErrorReason push(Ingester ingester, int number, int spans) {
    Trace trace = Traces.trace(id(number), "shop", spans, NOW.getEpochSecond());
    return ingester
        .push(TENANT, List.of(new LogRecord.Piece(id(number), trace.toByteString())))
        .join()
        .getFirst();
  }

  private static int spans(Ingester ingester, int number) throws IOException {
    return Traces.spans(ingester.find(TENANT, id(number)).orElseThrow());
  }

  private static int search(Ingester ingester) throws IOException {
    return new CombinedSearchable(ingester.searchables(TENANT))
        .search(SearchRequest.newBuilder().setQuery("{ resource.service.name = \"shop\" }").build())
        .getTracesCount();
  }

  private static TraceId id(int number) {
    return new TraceId(7, number);
  }
}
