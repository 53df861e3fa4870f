package io.vivace.all.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.vivace.testkit.SpanLedger;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Faults under load, in processes that find each other by `memberlist`: what was acknowledged is
/// found once, whole.
@Tag("slow")
class RingFaultsTest {
  private static final String DISTRIBUTOR = "distributor-0";
  private static final String FRONTEND = "query-frontend-0";

  @TempDir private Path folder;

  private final SpanLedger ledger = new SpanLedger();

  private RingCluster cluster() throws IOException {
    return new RingCluster(
        folder,
        List.of("ingester-0", "ingester-1", "ingester-2", DISTRIBUTOR, "querier-0", FRONTEND),
        "");
  }

  @Test
  void losesNothingWhenAnIngesterIsKilledAndComesBack() throws Exception {
    try (RingCluster cluster = cluster()) {
      cluster.startAll();
      awaitStates(
          cluster, Map.of("ingester-0", "ACTIVE", "ingester-1", "ACTIVE", "ingester-2", "ACTIVE"));
      Load load = new Load(cluster, List.of(DISTRIBUTOR), new SplittableRandom(1), ledger);
      Thread sender = Thread.ofPlatform().start(load);
      awaitMore(200);
      cluster.kill("ingester-1");
      took(
          "unhealthy after kill -9",
          () -> "UNHEALTHY".equals(cluster.ingesterStates(DISTRIBUTOR).get("ingester-1")));
      awaitMore(200);
      check(cluster, "while one is dead");
      cluster.start("ingester-1");
      took(
          "active again",
          () -> "ACTIVE".equals(cluster.ingesterStates(DISTRIBUTOR).get("ingester-1")));
      cluster.awaitReady("ingester-1");
      awaitMore(200);
      load.stop();
      sender.join();
      check(cluster, "after its return");
      System.out.printf(
          "acknowledged %d spans, refused requests %d%n",
          ledger.acknowledgedSpans(), load.refusals());
    }
  }

  private void awaitMore(int spans) {
    long wanted = ledger.acknowledgedSpans() + spans;
    Awaitility.await("acknowledgements go on")
        .atMost(RingCluster.PATIENCE)
        .until(() -> ledger.acknowledgedSpans() >= wanted);
  }

  private static void awaitStates(RingCluster cluster, Map<String, String> states) {
    took("states " + states, () -> cluster.ingesterStates(DISTRIBUTOR).equals(states));
  }

  private void check(RingCluster cluster, String when) throws Exception {
    SpanLedger.Report report = ledger.check(traceId -> Load.read(cluster, FRONTEND, traceId));
    System.out.printf("%s: %s%n", when, report);
    assertThat(report.isClean()).as("%s: %s", when, report).isTrue();
  }

  private static void took(String what, Callable<Boolean> condition) {
    long start = System.nanoTime();
    Awaitility.await(what)
        .atMost(RingCluster.PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(condition);
    System.out.printf("%s: %d ms%n", what, (System.nanoTime() - start) / 1_000_000);
  }
}
