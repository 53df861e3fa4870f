package io.vivace.compactor;

import io.opentelemetry.proto.trace.v1.Span;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vivace.block.BlockMeta;
import io.vivace.block.BlockOptions;
import io.vivace.block.BlockWriter;
import io.vivace.block.FinishedBlock;
import io.vivace.block.TraceRow;
import io.vivace.block.TraceRows;
import io.vivace.ring.Ownership;
import io.vivace.service.metrics.Metrics;
import io.vivace.storage.BlockList;
import io.vivace.storage.BlockStore;
import io.vivace.storage.ObjectStore;
import io.vivace.testkit.Traces;
import io.vivace.wire.TraceId;
import io.vivace.wire.tempopb.Trace;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/// A store with compactors for tests.
final class Cluster {
  static final String TENANT = "single-tenant";
  static final Instant NOW = Instant.parse("2026-11-24T12:30:00Z");

  final BlockStore blocks;
  private final Path folder;
  private final Clock clock;

  Cluster(ObjectStore objects, Path folder, Clock clock) {
    this.blocks = new BlockStore(objects);
    this.folder = folder;
    this.clock = clock;
  }

  /// A process with a compactor.
  record Member(BlockList list, Compactor compactor, Compaction compaction, Claims claims) {}

  Member member(Ownership ownership, Duration retention) {
    CompactionSettings settings =
        new CompactionSettings(
            Duration.ofHours(1), 1_000_000, 1L << 30, retention, Duration.ofHours(1));
    return member(ownership, settings, new PrometheusRegistry());
  }

  Member member(Ownership ownership, CompactionSettings settings, PrometheusRegistry metrics) {
    CompactorMetrics counted = new CompactorMetrics(new Metrics(metrics));
    ClockGuard guard = new ClockGuard(blocks.objects(), clock, counted::clockSkew);
    Claims claims = new Claims(blocks, guard, clock);
    Compaction compaction =
        new Compaction(
            blocks,
            claims,
            folder.resolve("scratch"),
            BlockOptions.DEFAULT,
            UUID::randomUUID,
            clock);
    BlockList list = BlockList.of(blocks, clock, Duration.ofMinutes(10));
    Compactor compactor =
        new Compactor(
            list,
            new Compactor.Parts(
                claims, compaction, new Retention(blocks, ownership, 4, clock), guard, ownership),
            tenant -> new Compactor.TenantCompaction(settings, false),
            Duration.ofMinutes(5),
            counted,
            clock);
    return new Member(list, compactor, compaction, claims);
  }

  BlockMeta write(Map<TraceId, Trace> traces) throws IOException {
    UUID block = UUID.randomUUID();
    Path data = Files.createTempFile(folder, "data", ".parquet");
    try (OutputStream out = Files.newOutputStream(data);
        BlockWriter writer =
            new BlockWriter(
                BlockMeta.empty(block, TENANT, List.of()),
                BlockOptions.DEFAULT,
                traces.size(),
                out)) {
      for (Map.Entry<TraceId, Trace> trace : new TreeMap<>(traces).entrySet()) {
        writer.add(trace.getKey(), trace.getValue());
      }
      FinishedBlock finished = writer.finish();
      blocks.write(finished, data);
      return finished.meta();
    } finally {
      Files.delete(data);
    }
  }

  /// Every copy of every span in the blocks that are in use, as `trace/span`.
  List<String> liveSpans() throws IOException {
    List<String> spans = new ArrayList<>();
    for (UUID id : blocks.blocks(TENANT)) {
      BlockMeta meta = blocks.find(TENANT, id).live().orElse(null);
      if (meta != null) {
        TraceRows rows = blocks.open(meta).rows(1 << 16);
        for (TraceRow row = rows.next(); row != null; row = rows.next()) {
          row.trace()
              .getResourceSpansList()
              .forEach(resource ->
                  resource
                      .getScopeSpansList()
                      .forEach(
                          scope -> scope.getSpansList().forEach(span -> spans.add(name(span)))));
        }
      }
    }
    return spans;
  }

  private static String name(Span span) {
    return TraceId.of(span.getTraceId().toByteArray()) + "/" + span.getName();
  }

  static TraceId id(int number) {
    return new TraceId(0, number);
  }

  static Trace trace(int number, int spans) {
    return Traces.trace(id(number), "shop", spans, NOW.getEpochSecond() - 60);
  }
}
