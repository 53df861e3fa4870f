package io.vivace.ingester;

import io.vivace.search.Searchable;
import io.vivace.wire.TraceId;
import io.vivace.wire.tempopb.Trace;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A complete block on the ingester's own disk.
public interface LocalBlock {
  /// The block's id.
  UUID id();

  /// When it was copied to the object store, null before.
  @Nullable Instant flushed();

  /// The trace with this id, if the block has it.
  Optional<Trace> find(TraceId id) throws IOException;

  /// The whole block for searches.
  Searchable searchable();

  /// Copies the block to the object store and marks it as flushed at `now`.
  void flush(Instant now) throws IOException;

  /// Removes the local copy.
  void delete() throws IOException;
}
