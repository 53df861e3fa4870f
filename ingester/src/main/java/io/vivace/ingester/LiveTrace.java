package io.vivace.ingester;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.vivace.search.TraceColumns;
import io.vivace.wire.TraceCombiner;
import io.vivace.wire.TraceId;
import io.vivace.wire.tempopb.Trace;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A trace in memory: its pieces as they came, and its columns once somebody searched for them.
/// Guarded by the lock of its tenant.
final class LiveTrace {
  private final TraceId id;
  private final List<ByteString> pieces = new ArrayList<>(2);
  private final Instant created;
  private final long lowestFile;
  private Instant touched;
  private long bytes;
  private volatile @Nullable TraceColumns columns;

  LiveTrace(TraceId id, Instant created, long lowestFile) {
    this.id = id;
    this.created = created;
    this.touched = created;
    this.lowestFile = lowestFile;
  }

  void append(ByteString piece, Instant now) {
    pieces.add(piece);
    bytes += piece.size();
    touched = now;
    columns = null;
  }

  /// Takes over the pieces of an older part of the same trace.
  LiveTrace joinedWith(LiveTrace older) {
    LiveTrace joined = new LiveTrace(id, older.created, Math.min(lowestFile, older.lowestFile));
    older.pieces.forEach(piece -> joined.append(piece, touched));
    pieces.forEach(piece -> joined.append(piece, touched));
    return joined;
  }

  TraceId id() {
    return id;
  }

  Instant created() {
    return created;
  }

  Instant touched() {
    return touched;
  }

  long bytes() {
    return bytes;
  }

  /// The first file of the log that holds a piece.
  long lowestFile() {
    return lowestFile;
  }

  List<ByteString> pieces() {
    return List.copyOf(pieces);
  }

  /// A picture of the trace that stays as it is.
  Snapshot snapshot() {
    return new Snapshot(this, pieces());
  }

  /// The pieces at one moment; decoded outside the lock.
  record Snapshot(LiveTrace source, List<ByteString> pieces) {
    TraceColumns columns() {
      TraceColumns known = source.columns;
      if (known != null) {
        return known;
      }
      TraceColumns decoded = TraceColumns.decode(source.id, trace(source.id, pieces));
      // a piece that came in the meantime has cleared the field: do not hide it
      synchronized (source) {
        if (source.pieces.size() == pieces.size()) {
          source.columns = decoded;
        }
      }
      return decoded;
    }

    Trace trace() {
      return trace(source.id, pieces);
    }

    private static Trace trace(TraceId id, List<ByteString> pieces) {
      List<Trace> parsed = new ArrayList<>(pieces.size());
      for (ByteString piece : pieces) {
        try {
          parsed.add(Trace.parseFrom(piece));
        } catch (InvalidProtocolBufferException e) {
          throw new IllegalStateException(
              "trace " + id + ": piece in memory (expected: OTLP, as the distributor checked)", e);
        }
      }
      return TraceCombiner.combine(parsed);
    }
  }
}
