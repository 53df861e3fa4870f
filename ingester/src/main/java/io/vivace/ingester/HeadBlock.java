package io.vivace.ingester;

import io.vivace.wire.TraceId;
import java.time.Instant;
import java.util.Collection;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The traces that were cut since the last block was: what the next block is made of, in order of
/// trace id. Guarded by the lock of its tenant until it is being completed, unchanged afterwards.
final class HeadBlock {
  private final TreeMap<TraceId, LiveTrace> traces = new TreeMap<>();
  private final Instant created;
  private long bytes;

  HeadBlock(Instant created) {
    this.created = created;
  }

  void add(LiveTrace cut) {
    LiveTrace older = traces.get(cut.id());
    traces.put(cut.id(), older == null ? cut : cut.joinedWith(older));
    bytes += cut.bytes();
  }

  @Nullable LiveTrace find(TraceId id) {
    return traces.get(id);
  }

  Collection<LiveTrace> traces() {
    return traces.values();
  }

  boolean isEmpty() {
    return traces.isEmpty();
  }

  Instant created() {
    return created;
  }

  /// Size of the pieces in bytes.
  long bytes() {
    return bytes;
  }

  /// The first file of the log that is needed to make this block again.
  long lowestFile() {
    return traces.values().stream().mapToLong(LiveTrace::lowestFile).min().orElse(Long.MAX_VALUE);
  }
}
