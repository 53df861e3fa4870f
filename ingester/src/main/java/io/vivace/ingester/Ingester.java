package io.vivace.ingester;

import io.vivace.ingester.log.AppendLog;
import io.vivace.ingester.log.LogRecord;
import io.vivace.ingester.log.LogReplay;
import io.vivace.search.Searchable;
import io.vivace.wire.TraceId;
import io.vivace.wire.tempopb.PushErrorReason;
import io.vivace.wire.tempopb.Trace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Logs, holds, finds and flushes the traces of all tenants.
///
/// A push is acknowledged when it is in the append log, on disk. Files of the log are removed when
/// everything in them is in a complete block.
public final class Ingester {
  private static final Logger LOG = LoggerFactory.getLogger(Ingester.class);

  /// While the log replays, traces are cut into blocks whenever this much was read: what bounds the
  /// memory of a replay.
  private static final long REPLAY_BLOCK_BYTES = 64L << 20;

  private final Path logFolder;
  private final IngesterSettings settings;
  private final Function<String, TenantLimits> limits;
  private final AppendLog log;
  private final LocalBlocks localBlocks;
  private final Clock clock;
  private final Map<String, TenantTraces> tenants = new ConcurrentHashMap<>();

  /// An ingester whose log is in `logFolder`; nothing is read before [#start].
  public Ingester(
      Path logFolder,
      IngesterSettings settings,
      Function<String, TenantLimits> limits,
      AppendLog log,
      LocalBlocks localBlocks,
      Clock clock) {
    this.logFolder = logFolder;
    this.settings = settings;
    this.limits = limits;
    this.log = log;
    this.localBlocks = localBlocks;
    this.clock = clock;
  }

  /// Reads back what was acknowledged before the last stop.
  ///
  /// @param progress takes bytes done and bytes in all, after each file
  public LogReplay.Result start(BiConsumer<Long, Long> progress) throws IOException {
    for (String tenant : localBlocks.tenants()) {
      tenant(tenant);
    }
    LogReplay.Result result = new LogReplay(logFolder).replay(new Replay(progress));
    if (result.quarantinedFiles() > 0) {
      LOG.warn(
          "msg=\"append log is damaged\" files={} quarantined_bytes={} records_read={}",
          result.quarantinedFiles(),
          result.quarantinedBytes(),
          result.records());
    }
    return result;
  }

  private final class Replay implements LogReplay.Listener {
    private final BiConsumer<Long, Long> progress;
    private long bytes;

    Replay(BiConsumer<Long, Long> progress) {
      this.progress = progress;
    }

    @Override
    public void record(long fileNumber, LogRecord record) throws IOException {
      tenant(record.tenant()).replay(fileNumber, record.pieces());
      for (LogRecord.Piece piece : record.pieces()) {
        bytes += piece.bytes().size();
      }
      if (bytes >= REPLAY_BLOCK_BYTES) {
        bytes = 0;
        for (TenantTraces traces : tenants.values()) {
          traces.cutTraces(true);
          traces.completeBlock(true);
        }
      }
    }

    @Override
    public void progress(long bytesDone, long bytesTotal) {
      progress.accept(bytesDone, bytesTotal);
    }
  }

  /// Stores pieces of traces of `tenant`: see [TenantTraces].
  public CompletableFuture<List<PushErrorReason>> push(
      String tenant, List<LogRecord.Piece> pieces) {
    return tenant(tenant).push(pieces);
  }

  /// The trace with this id, if anything of it is here.
  public Optional<Trace> find(String tenant, TraceId id) throws IOException {
    TenantTraces traces = tenants.get(tenant);
    return traces == null ? Optional.empty() : traces.find(id);
  }

  /// What a search of `tenant` has to look at.
  public List<Searchable> searchables(String tenant) {
    TenantTraces traces = tenants.get(tenant);
    return traces == null ? List.of() : traces.searchables();
  }

  /// The tenants that have data here, by name.
  public Map<String, TenantTraces> tenants() {
    return Map.copyOf(tenants);
  }

  /// One round of what goes on all the time: cuts traces, completes, flushes and clears blocks,
  /// shortens the log. A tenant that fails does not stop the others; the next round tries again.
  ///
  /// @return how many tenants failed
  public int sweep() {
    int failures = 0;
    for (Map.Entry<String, TenantTraces> entry : tenants.entrySet()) {
      failures += sweep(entry.getKey(), entry.getValue(), false) ? 0 : 1;
    }
    shortenLog();
    return failures;
  }

  /// Brings everything of `tenant` into the object store.
  ///
  /// @return whether it worked; what did not is still here and is tried again by [#sweep]
  public boolean flush(String tenant) {
    TenantTraces traces = tenants.get(tenant);
    boolean worked = traces == null || sweep(tenant, traces, true);
    shortenLog();
    return worked;
  }

  private static boolean sweep(String tenant, TenantTraces traces, boolean all) {
    try {
      traces.cutTraces(all);
      traces.completeBlock(all);
      traces.flushBlocks();
      traces.clearBlocks();
      return true;
    } catch (IOException | RuntimeException e) {
      LOG.error("msg=\"flush failed, will be tried again\" tenant={}", tenant, e);
      return false;
    }
  }

  private void shortenLog() {
    long lowest = log.lowestUnreleasedFile();
    long needed = lowestNeededFile();
    if (needed == Long.MAX_VALUE) {
      // everything is in blocks: without this the last file would bring it back after a restart
      log.sealIfQuiet();
      lowest = log.lowestUnreleasedFile();
      needed = lowestNeededFile();
    }
    lowest = Math.min(lowest, needed);
    try {
      log.deleteBefore(lowest);
    } catch (IOException e) {
      LOG.warn("msg=\"cannot remove old files of the append log\" before={}", lowest, e);
    }
  }

  private long lowestNeededFile() {
    return tenants.values().stream()
        .mapToLong(TenantTraces::lowestFile)
        .min()
        .orElse(Long.MAX_VALUE);
  }

  private TenantTraces tenant(String tenant) {
    return tenants.computeIfAbsent(
        tenant,
        name -> {
          try {
            return new TenantTraces(
                name, settings, () -> limits.apply(name), log, localBlocks, clock);
          } catch (IOException e) {
            throw new UncheckedIOException("tenant " + name + ": local blocks", e);
          }
        });
  }
}
