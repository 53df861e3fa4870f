package io.vivace.all.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.vivace.testkit.SpanLedger;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Faults under load, in processes that find each other by `memberlist`: what was acknowledged is
/// found once, whole.
@Tag("slow")
class RingFaultsTest {
  private static final String DISTRIBUTOR = "distributor-0";
  private static final String FRONTEND = "query-frontend-0";
  private static final List<String> INGESTERS = List.of("ingester-0", "ingester-1", "ingester-2");

  @TempDir private Path folder;

  private final SpanLedger ledger = new SpanLedger();

  private RingCluster cluster() {
    return new RingCluster(
        folder,
        List.of("ingester-0", "ingester-1", "ingester-2", DISTRIBUTOR, "querier-0", FRONTEND),
        "");
  }

  @Test
  void losesNothingWhenAnIngesterIsKilledAndComesBack() throws Exception {
    try (RingCluster cluster = cluster()) {
      Load load = started(cluster, 1);
      load.start();
      awaitMore(200);
      cluster.kill("ingester-1");
      took("unhealthy after kill -9", () -> isUnhealthy(cluster, "ingester-1"));
      awaitMore(200);
      check(cluster, "while one is dead");
      cluster.start("ingester-1");
      took("active again", () -> isActive(cluster, "ingester-1"));
      cluster.awaitReady("ingester-1");
      awaitMore(200);
      end(cluster, load, "after its return");
    }
  }

  @Test
  void goesOnWhileAnIngesterIsFrozen() throws Exception {
    try (RingCluster cluster = cluster()) {
      Load load = started(cluster, 10);
      load.start();
      awaitMore(200);
      long _ = load.slowestMillis();
      cluster.signal("ingester-1", "STOP");
      try {
        took("unhealthy after SIGSTOP", () -> isUnhealthy(cluster, "ingester-1"));
        awaitMore(200);
        check(cluster, "while one is frozen");
      } finally {
        cluster.signal("ingester-1", "CONT");
      }
      took("active after SIGCONT", () -> isActive(cluster, "ingester-1"));
      awaitMore(200);
      end(cluster, load, "after it thawed");
    }
  }

  @Test
  void losesNothingWhenAllIngestersAreKilledAtOnce() throws Exception {
    try (RingCluster cluster = cluster()) {
      Load load = started(cluster, 14);
      load.start();
      awaitMore(1000);
      for (String ingester : INGESTERS) {
        cluster.kill(ingester);
      }
      load.stop();
      for (String ingester : INGESTERS) {
        cluster.start(ingester);
      }
      for (String ingester : INGESTERS) {
        cluster.awaitReady(ingester);
        took(ingester + " active", () -> isActive(cluster, ingester));
      }
      check(cluster, "after all came back");
      report(load);
    }
  }

  @Test
  void losesNothingWhenIngestersAreKilledWhileTheyFlush() throws Exception {
    try (RingCluster cluster = cluster()) {
      Load load = started(cluster, 6);
      load.start();
      SplittableRandom random = new SplittableRandom(6);
      for (int round = 0; round < 6; round++) {
        awaitMore(400);
        String ingester = INGESTERS.get(round % INGESTERS.size());
        assertThat(cluster.get(ingester, "/flush").statusCode()).isEqualTo(204);
        // at another moment of the flush each time
        awaitMore(random.nextInt(400));
        cluster.kill(ingester);
        cluster.start(ingester);
        cluster.awaitReady(ingester);
        took(ingester + " active", () -> isActive(cluster, ingester));
      }
      end(cluster, load, "after six kills in the middle of a flush");
    }
  }

  @Test
  void losesNothingWhenIngestersAreRolledAndOneIsTakenAway() throws Exception {
    List<String> names =
        List.of(
            "ingester-0",
            "ingester-1",
            "ingester-2",
            "ingester-3",
            DISTRIBUTOR,
            "querier-0",
            FRONTEND);
    try (RingCluster cluster = new RingCluster(folder, names, "")) {
      Load load = started(cluster, 16);
      load.start();
      for (String ingester : INGESTERS) {
        awaitMore(200);
        cluster.stop(ingester);
        assertThat(cluster.ingesterStates(DISTRIBUTOR)).doesNotContainKey(ingester);
        cluster.start(ingester);
        cluster.awaitReady(ingester);
        took(ingester + " active", () -> isActive(cluster, ingester));
      }
      awaitMore(200);
      check(cluster, "after a roll-out");
      assertThat(cluster.get("ingester-3", "/shutdown").statusCode()).isEqualTo(200);
      cluster.awaitEnd("ingester-3");
      assertThat(cluster.ingesterStates(DISTRIBUTOR)).doesNotContainKey("ingester-3");
      awaitMore(200);
      end(cluster, load, "after a scale-down");
    }
  }

  @Test
  void keepsWhatItAcknowledgedWhenADiskIsFull() throws Exception {
    Path small = Files.createDirectories(folder.resolve("ingester-1"));
    Assumptions.assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=160m", "tmpfs", small.toString()),
        "SKIPPED: no right to mount a small file system, fault 2 is not shown");
    try (RingCluster cluster = cluster()) {
      Load load = started(cluster, 2);
      load.start();
      awaitMore(200);
      FileStore store = Files.getFileStore(small);
      Path ballast = small.resolve("ballast");
      fill(ballast, (long) (store.getTotalSpace() * 0.92) - used(store));
      took("read-only above the mark", () -> isReadOnly(cluster, "ingester-1"));
      awaitMore(200);
      fill(ballast, (long) (store.getTotalSpace() * 0.985) - used(store));
      awaitMore(200);
      check(cluster, "while a disk is full");
      Files.delete(ballast);
      took("writable again", () -> !isReadOnly(cluster, "ingester-1"));
      awaitMore(200);
      end(cluster, load, "after there was room again");
    } finally {
      assertThat(run("umount", small.toString())).isTrue();
    }
  }

  private static long used(FileStore store) throws IOException {
    return store.getTotalSpace() - store.getUnallocatedSpace();
  }

  private static void fill(Path file, long bytes) throws IOException {
    byte[] chunk = new byte[1 << 16];
    try (OutputStream out =
        Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      for (long left = bytes; left > 0; left -= chunk.length) {
        out.write(chunk);
      }
    }
  }

  private static boolean run(String... command) throws Exception {
    return new ProcessBuilder(command).start().waitFor() == 0;
  }

  private static boolean isReadOnly(RingCluster cluster, String id) throws Exception {
    String page =
        new String(
            cluster.get(DISTRIBUTOR, "/ingester/ring", "Accept", "application/json").body(),
            StandardCharsets.UTF_8);
    int from = page.indexOf("{\"id\":\"" + id + "\"");
    return from >= 0
        && page.indexOf("\"read_only\":true", from) >= 0
        && page.indexOf("\"read_only\":true", from) < page.indexOf("\"tokens\"", from);
  }

  private Load started(RingCluster cluster, long seed) throws IOException {
    cluster.startAll();
    for (String name : cluster.running()) {
      if (name.startsWith("ingester")) {
        took(name + " active", () -> isActive(cluster, name));
      }
    }
    return new Load(cluster, List.of(DISTRIBUTOR), new SplittableRandom(seed), ledger);
  }

  private void end(RingCluster cluster, Load load, String when) throws Exception {
    load.stop();
    check(cluster, when);
    report(load);
  }

  private void report(Load load) {
    System.out.printf(
        "acknowledged %d spans, refused %d requests, slowest %d ms%n",
        ledger.acknowledgedSpans(), load.refusals(), load.slowestMillis());
  }

  private static boolean isUnhealthy(RingCluster cluster, String id) throws Exception {
    return "UNHEALTHY".equals(cluster.ingesterStates(DISTRIBUTOR).get(id));
  }

  private static boolean isActive(RingCluster cluster, String id) throws Exception {
    return "ACTIVE".equals(cluster.ingesterStates(DISTRIBUTOR).get(id));
  }

  private void awaitMore(int spans) {
    long wanted = ledger.acknowledgedSpans() + spans;
    Awaitility.await("acknowledgements go on")
        .atMost(RingCluster.PATIENCE)
        .until(() -> ledger.acknowledgedSpans() >= wanted);
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
