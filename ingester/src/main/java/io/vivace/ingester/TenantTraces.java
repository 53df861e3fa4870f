package io.vivace.ingester;

import com.google.protobuf.ByteString;
import io.vivace.ingester.log.AppendLog;
import io.vivace.ingester.log.LogRecord;
import io.vivace.search.LiveTraces;
import io.vivace.search.Searchable;
import io.vivace.search.TraceColumns;
import io.vivace.wire.TraceCombiner;
import io.vivace.wire.TraceId;
import io.vivace.wire.tempopb.PushErrorReason;
import io.vivace.wire.tempopb.Trace;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Everything an ingester has of one tenant: live traces, the head block, blocks that are being
/// completed, complete blocks. A trace is found in all of them at every moment: it is added to the
/// next place before it is removed from the last.
public final class TenantTraces {
  private final String tenant;
  private final IngesterSettings settings;
  private final Supplier<TenantLimits> limits;
  private final AppendLog log;
  private final LocalBlocks localBlocks;
  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<TraceId, LiveTrace> live = new HashMap<>();
  private final Map<TraceId, Integer> sizes = new HashMap<>();
  private final List<HeadBlock> completing = new ArrayList<>();
  private final List<LocalBlock> complete = new ArrayList<>();
  private HeadBlock head;
  private long liveBytes;
  private long tracesCreated;

  TenantTraces(
      String tenant,
      IngesterSettings settings,
      Supplier<TenantLimits> limits,
      AppendLog log,
      LocalBlocks localBlocks,
      Clock clock)
      throws IOException {
    this.tenant = tenant;
    this.settings = settings;
    this.limits = limits;
    this.log = log;
    this.localBlocks = localBlocks;
    this.clock = clock;
    this.head = new HeadBlock(clock.instant());
    this.complete.addAll(localBlocks.reopen(tenant));
  }

  /// Stores pieces of traces; the future completes when those that were taken are in the log and
  /// can be found, with a reason for each piece in order. It fails when the log does.
  CompletableFuture<List<PushErrorReason>> push(List<LogRecord.Piece> pieces) {
    List<PushErrorReason> reasons = new ArrayList<>(pieces.size());
    List<LogRecord.Piece> accepted = new ArrayList<>(pieces.size());
    TenantLimits now = limits.get();
    lock.lock();
    try {
      int added = 0;
      for (LogRecord.Piece piece : pieces) {
        PushErrorReason reason = check(piece, now, added);
        reasons.add(reason);
        if (reason == PushErrorReason.NO_ERROR) {
          accepted.add(piece);
          added += live.containsKey(piece.traceId()) ? 0 : 1;
        }
      }
    } finally {
      lock.unlock();
    }
    if (accepted.isEmpty()) {
      return CompletableFuture.completedFuture(reasons);
    }
    return log.append(new LogRecord(tenant, accepted))
        .thenApply(file -> {
          append(file, accepted);
          log.release(file);
          return reasons;
        });
  }

  /// Limits only traces that are new: a trace that is live already is not cut in the middle.
  private PushErrorReason check(LogRecord.Piece piece, TenantLimits now, int added) {
    boolean isNew = !live.containsKey(piece.traceId());
    if (isNew && now.maxLiveTraces() > 0 && live.size() + added >= now.maxLiveTraces()) {
      return PushErrorReason.MAX_LIVE_TRACES;
    }
    int size = sizes.merge(piece.traceId(), piece.bytes().size(), TenantTraces::saturatingSum);
    return now.maxTraceBytes() > 0 && size > now.maxTraceBytes()
        ? PushErrorReason.TRACE_TOO_LARGE
        : PushErrorReason.NO_ERROR;
  }

  private static int saturatingSum(int a, int b) {
    return (int) Math.min(Integer.MAX_VALUE, (long) a + b);
  }

  /// Takes what the log gave back after a restart; limits were looked at when it was written.
  void replay(long file, List<LogRecord.Piece> pieces) {
    lock.lock();
    try {
      pieces.forEach(
          piece -> sizes.merge(piece.traceId(), piece.bytes().size(), TenantTraces::saturatingSum));
    } finally {
      lock.unlock();
    }
    append(file, pieces);
  }

  private void append(long file, List<LogRecord.Piece> pieces) {
    Instant now = clock.instant();
    lock.lock();
    try {
      for (LogRecord.Piece piece : pieces) {
        LiveTrace trace = live.computeIfAbsent(piece.traceId(), id -> new LiveTrace(id, now, file));
        ByteString bytes = piece.bytes();
        synchronized (trace) {
          trace.append(bytes, now);
        }
        liveBytes += bytes.size();
      }
    } finally {
      lock.unlock();
    }
  }

  /// The trace with this id, from everything that is here; empty when there is nothing.
  Optional<Trace> find(TraceId id) throws IOException {
    List<LiveTrace.Snapshot> snapshots = new ArrayList<>();
    List<LocalBlock> blocks;
    lock.lock();
    try {
      addSnapshot(live.get(id), snapshots);
      addSnapshot(head.find(id), snapshots);
      completing.forEach(block -> addSnapshot(block.find(id), snapshots));
      blocks = List.copyOf(complete);
    } finally {
      lock.unlock();
    }
    List<Trace> pieces = new ArrayList<>();
    snapshots.forEach(snapshot -> pieces.add(snapshot.trace()));
    for (LocalBlock block : blocks) {
      block.find(id).ifPresent(pieces::add);
    }
    return pieces.isEmpty() ? Optional.empty() : Optional.of(TraceCombiner.combine(pieces));
  }

  private static void addSnapshot(@Nullable LiveTrace trace, List<LiveTrace.Snapshot> snapshots) {
    if (trace != null) {
      snapshots.add(trace.snapshot());
    }
  }

  /// What a search has to look at. A trace in several places of memory is one trace here.
  List<Searchable> searchables() {
    Map<TraceId, List<LiveTrace.Snapshot>> byId = new HashMap<>();
    List<Searchable> parts = new ArrayList<>();
    lock.lock();
    try {
      live.values().forEach(trace -> addSnapshot(trace, byId));
      head.traces().forEach(trace -> addSnapshot(trace, byId));
      completing.forEach(block -> block.traces().forEach(trace -> addSnapshot(trace, byId)));
      complete.forEach(block -> parts.add(block.searchable()));
    } finally {
      lock.unlock();
    }
    List<TraceColumns> columns = new ArrayList<>(byId.size());
    byId.forEach((id, snapshots) -> columns.add(columns(id, snapshots)));
    parts.add(new LiveTraces(columns));
    return parts;
  }

  private static void addSnapshot(LiveTrace trace, Map<TraceId, List<LiveTrace.Snapshot>> byId) {
    byId.computeIfAbsent(trace.id(), id -> new ArrayList<>(1)).add(trace.snapshot());
  }

  private static TraceColumns columns(TraceId id, List<LiveTrace.Snapshot> snapshots) {
    return snapshots.size() == 1
        ? snapshots.getFirst().columns()
        : TraceColumns.decode(
            id, TraceCombiner.combine(snapshots.stream().map(LiveTrace.Snapshot::trace).toList()));
  }

  /// Moves traces that are idle or old, or `all` of them, into the head block.
  void cutTraces(boolean all) {
    Instant now = clock.instant();
    lock.lock();
    try {
      Iterator<LiveTrace> traces = live.values().iterator();
      while (traces.hasNext()) {
        LiveTrace trace = traces.next();
        if (all
            || !trace.touched().plus(settings.traceIdlePeriod()).isAfter(now)
            || !trace.created().plus(settings.traceLivePeriod()).isAfter(now)) {
          if (head.isEmpty()) {
            head = new HeadBlock(now);
          }
          head.add(trace);
          traces.remove();
          liveBytes -= trace.bytes();
          tracesCreated++;
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /// Makes a block of the head block when it is old or large enough, or `now` whatever it is.
  ///
  /// @throws IOException when the block could not be written: its traces stay where they are, and
  ///   the next call tries again
  void completeBlock(boolean force) throws IOException {
    Instant now = clock.instant();
    lock.lock();
    try {
      boolean ready =
          force
              || head.bytes() >= settings.maxBlockBytes()
              || !head.created().plus(settings.maxBlockDuration()).isAfter(now);
      if (ready && !head.isEmpty()) {
        completing.add(head);
        head = new HeadBlock(now);
        sizes.keySet().retainAll(live.keySet());
      }
    } finally {
      lock.unlock();
    }
    completeWaiting();
  }

  private synchronized void completeWaiting() throws IOException {
    while (true) {
      HeadBlock next;
      lock.lock();
      try {
        if (completing.isEmpty()) {
          return;
        }
        next = completing.getFirst();
      } finally {
        lock.unlock();
      }
      List<Map.Entry<TraceId, Supplier<Trace>>> traces = new ArrayList<>();
      for (LiveTrace trace : next.traces()) {
        traces.add(Map.entry(trace.id(), trace.snapshot()::trace));
      }
      LocalBlock block = localBlocks.write(tenant, traces);
      lock.lock();
      try {
        complete.add(block);
        completing.remove(next);
      } finally {
        lock.unlock();
      }
    }
  }

  /// Copies complete blocks to the object store, and removes those that were copied long enough
  /// ago.
  void flushBlocks() throws IOException {
    for (LocalBlock block : blocks()) {
      if (block.flushed() == null) {
        block.flush(clock.instant());
      }
    }
  }

  /// Removes blocks that were flushed long enough ago for queriers to know them.
  ///
  /// @return how many
  int clearBlocks() throws IOException {
    int cleared = 0;
    for (LocalBlock block : blocks()) {
      Instant flushed = block.flushed();
      if (flushed != null
          && !flushed.plus(settings.completeBlockTimeout()).isAfter(clock.instant())) {
        lock.lock();
        try {
          complete.remove(block);
        } finally {
          lock.unlock();
        }
        block.delete();
        cleared++;
      }
    }
    return cleared;
  }

  private List<LocalBlock> blocks() {
    lock.lock();
    try {
      return List.copyOf(complete);
    } finally {
      lock.unlock();
    }
  }

  /// The first file of the log that this tenant still needs.
  long lowestFile() {
    lock.lock();
    try {
      long lowest = head.lowestFile();
      for (HeadBlock block : completing) {
        lowest = Math.min(lowest, block.lowestFile());
      }
      for (LiveTrace trace : live.values()) {
        lowest = Math.min(lowest, trace.lowestFile());
      }
      return lowest;
    } finally {
      lock.unlock();
    }
  }

  /// Number of live traces.
  public int liveTraceCount() {
    lock.lock();
    try {
      return live.size();
    } finally {
      lock.unlock();
    }
  }

  /// Bytes of live traces.
  public long liveTraceBytes() {
    lock.lock();
    try {
      return liveBytes;
    } finally {
      lock.unlock();
    }
  }

  /// Traces that were cut since the start.
  public long tracesCreated() {
    lock.lock();
    try {
      return tracesCreated;
    } finally {
      lock.unlock();
    }
  }
}
