package io.vivace.wire.otlp;

import io.vivace.wire.TraceId;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The index of one export request: where its spans, scopes and resources lie in `bytes`.
///
/// Spans know their scope by number, scopes their resource. Equal scopes of one resource share a
/// number. Offsets are into [#bytes()]; a scope or resource that is absent has length -1.
public final class OtlpBatch {
  final byte[] bytes;

  int spanCount;
  int[] spanOffset = new int[64];
  int[] spanLength = new int[64];
  int[] spanScope = new int[64];
  long[] idHigh = new long[64];
  long[] idLow = new long[64];
  long[] start = new long[64];
  long[] end = new long[64];

  final Sections scopes = new Sections();
  final Sections resources = new Sections();

  long size;
  int longestAttribute;
  @Nullable InvalidId invalidId;

  OtlpBatch(byte[] bytes) {
    this.bytes = bytes;
  }

  /// The bytes that the index points into.
  public byte[] bytes() {
    return bytes;
  }

  /// Number of spans.
  public int spanCount() {
    return spanCount;
  }

  /// Size in bytes as the collector's canonical encoding counts it: the wire size plus two bytes
  /// for every resource, scope, status, id and value that is left out on the wire.
  public long size() {
    return size;
  }

  /// What is wrong with the first span whose ids are missing or zero; null when all are good. The
  /// request must be refused, after tenant and rate limit have been looked at.
  public @Nullable InvalidId invalidId() {
    return invalidId;
  }

  /// The trace of span `i`.
  public TraceId traceId(int i) {
    return new TraceId(idHigh[i], idLow[i]);
  }

  /// Start of span `i` in nanoseconds since 1970, unsigned.
  public long startNanos(int i) {
    return start[i];
  }

  /// End of span `i` in nanoseconds since 1970, unsigned.
  public long endNanos(int i) {
    return end[i];
  }

  /// An upper bound of the longest key or top-level string value among all attributes, in bytes.
  public int longestAttribute() {
    return longestAttribute;
  }

  /// Where the message of span `i` begins in [#bytes()].
  public int spanOffset(int i) {
    return spanOffset[i];
  }

  /// Length of the message of span `i` in bytes.
  public int spanLength(int i) {
    return spanLength[i];
  }

  /// Length of span `i` as a field: tag, length and message.
  public int spanFieldLength(int i) {
    return 1 + WireOutput.varintLength(spanLength[i]) + spanLength[i];
  }

  /// The number of the `ResourceSpans` that span `i` is in; spans of one follow each other.
  public int resource(int i) {
    return scopes.parent[spanScope[i]];
  }

  /// Where resource number `resource` begins in [#bytes()].
  public int resourceOffset(int resource) {
    return resources.offset[resource];
  }

  /// Length of resource number `resource` in bytes, -1 when it is absent.
  public int resourceLength(int resource) {
    return resources.length[resource];
  }

  /// Length of the `ResourceSpans` message with number `resource`, its spans included.
  public int resourceSpansLength(int resource) {
    return resources.around[resource];
  }

  int addSpan(int offset, int length, int scope) {
    if (spanCount == spanOffset.length) {
      int capacity = spanCount * 2;
      spanOffset = Arrays.copyOf(spanOffset, capacity);
      spanLength = Arrays.copyOf(spanLength, capacity);
      spanScope = Arrays.copyOf(spanScope, capacity);
      idHigh = Arrays.copyOf(idHigh, capacity);
      idLow = Arrays.copyOf(idLow, capacity);
      start = Arrays.copyOf(start, capacity);
      end = Arrays.copyOf(end, capacity);
    }
    spanOffset[spanCount] = offset;
    spanLength[spanCount] = length;
    spanScope[spanCount] = scope;
    return spanCount++;
  }

  /// Scopes or resources: body and schema URL of each, the number of what holds it, and the length
  /// of the `ScopeSpans` or `ResourceSpans` around it.
  static final class Sections {
    int count;
    int[] offset = new int[8];
    int[] length = new int[8];
    int[] schemaOffset = new int[8];
    int[] schemaLength = new int[8];
    int[] parent = new int[8];
    int[] around = new int[8];

    int add(int parentNumber, int lengthAround) {
      if (count == offset.length) {
        int capacity = count * 2;
        offset = Arrays.copyOf(offset, capacity);
        length = Arrays.copyOf(length, capacity);
        schemaOffset = Arrays.copyOf(schemaOffset, capacity);
        schemaLength = Arrays.copyOf(schemaLength, capacity);
        parent = Arrays.copyOf(parent, capacity);
        around = Arrays.copyOf(around, capacity);
      }
      offset[count] = 0;
      length[count] = -1;
      schemaOffset[count] = 0;
      schemaLength[count] = 0;
      parent[count] = parentNumber;
      around[count] = lengthAround;
      return count++;
    }

    boolean equal(int a, int b, byte[] bytes) {
      return parent[a] == parent[b]
          && length[a] == length[b]
          && equal(bytes, offset[a], offset[b], Math.max(0, length[a]))
          && schemaLength[a] == schemaLength[b]
          && equal(bytes, schemaOffset[a], schemaOffset[b], schemaLength[a]);
    }

    private static boolean equal(byte[] bytes, int a, int b, int length) {
      return Arrays.equals(bytes, a, a + length, bytes, b, b + length);
    }
  }
}
