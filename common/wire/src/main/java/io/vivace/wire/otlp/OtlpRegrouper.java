package io.vivace.wire.otlp;

import com.google.protobuf.UnsafeByteOperations;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Regroups the spans of a request by trace id. Every (resource, scope) of a trace becomes one
/// `ResourceSpans` with one `ScopeSpans`; spans keep their order; nothing is decoded.
public final class OtlpRegrouper {
  private final OtlpBatch batch;
  private final long seed;
  private final int[] next;
  private final int[] first;
  private final int[] last;
  private int traces;

  private OtlpRegrouper(OtlpBatch batch, long seed) {
    this.batch = batch;
    this.seed = seed;
    this.next = new int[batch.spanCount];
    this.first = new int[batch.spanCount];
    this.last = new int[batch.spanCount];
  }

  /// The traces of `batch` in order of first appearance.
  ///
  /// @param seed mixed into the hash of ids, so that no client can choose ids that collide
  public static List<TraceSlice> regroup(OtlpBatch batch, long seed) {
    OtlpRegrouper regrouper = new OtlpRegrouper(batch, seed);
    regrouper.link();
    return regrouper.slices();
  }

  private void link() {
    int mask = Integer.highestOneBit(Math.max(4, batch.spanCount * 2)) * 2 - 1;
    int[] table = new int[mask + 1];
    for (int i = 0; i < batch.spanCount; i++) {
      next[i] = -1;
      long hash = (batch.idHigh[i] ^ seed) * 0x9e3779b97f4a7c15L + batch.idLow[i];
      hash = (hash ^ hash >>> 29) * 0xbf58476d1ce4e5b9L;
      int slot = (int) (hash >>> 32) & mask;
      while (table[slot] != 0 && !sameTrace(first[table[slot] - 1], i)) {
        slot = slot + 1 & mask;
      }
      if (table[slot] == 0) {
        first[traces] = i;
        last[traces] = i;
        table[slot] = ++traces;
      } else {
        int trace = table[slot] - 1;
        next[last[trace]] = i;
        last[trace] = i;
      }
    }
  }

  private boolean sameTrace(int a, int b) {
    return batch.idHigh[a] == batch.idHigh[b] && batch.idLow[a] == batch.idLow[b];
  }

  private List<TraceSlice> slices() {
    List<TraceSlice> slices = new ArrayList<>(traces);
    int[] spans = new int[16];
    for (int trace = 0; trace < traces; trace++) {
      int count = 0;
      boolean sorted = true;
      for (int i = first[trace]; i >= 0; i = next[i]) {
        if (count == spans.length) {
          spans = Arrays.copyOf(spans, count * 2);
        }
        sorted &= count == 0 || batch.spanScope[spans[count - 1]] <= batch.spanScope[i];
        spans[count++] = i;
      }
      if (!sorted) {
        sortByScope(spans, count);
      }
      slices.add(
          new TraceSlice(
              batch.traceId(first[trace]),
              UnsafeByteOperations.unsafeWrap(emit(spans, count)),
              count));
    }
    return slices;
  }

  /// Sorts by (scope, position): both fit one long.
  private void sortByScope(int[] spans, int count) {
    long[] keys = new long[count];
    for (int i = 0; i < count; i++) {
      keys[i] = (long) batch.spanScope[spans[i]] << 32 | spans[i];
    }
    Arrays.sort(keys);
    for (int i = 0; i < count; i++) {
      spans[i] = (int) keys[i];
    }
  }

  private byte[] emit(int[] spans, int count) {
    int total = 0;
    for (int from = 0; from < count; ) {
      int to = endOfScope(spans, from, count);
      total += field(resourceSpansLength(spans, from, to));
      from = to;
    }
    WireOutput out = new WireOutput(total);
    for (int from = 0; from < count; ) {
      int to = endOfScope(spans, from, count);
      writeResourceSpans(out, spans, from, to);
      from = to;
    }
    return out.bytes();
  }

  private int endOfScope(int[] spans, int from, int count) {
    int to = from + 1;
    while (to < count && batch.spanScope[spans[to]] == batch.spanScope[spans[from]]) {
      to++;
    }
    return to;
  }

  private int resourceSpansLength(int[] spans, int from, int to) {
    int scope = batch.spanScope[spans[from]];
    int resource = batch.scopes.parent[scope];
    return sectionLength(batch.resources, resource) + field(scopeSpansLength(spans, from, to));
  }

  private int scopeSpansLength(int[] spans, int from, int to) {
    int length = sectionLength(batch.scopes, batch.spanScope[spans[from]]);
    for (int i = from; i < to; i++) {
      length += field(batch.spanLength[spans[i]]);
    }
    return length;
  }

  private static int sectionLength(OtlpBatch.Sections sections, int i) {
    int body = sections.length[i] < 0 ? 0 : field(sections.length[i]);
    return body + (sections.schemaLength[i] == 0 ? 0 : field(sections.schemaLength[i]));
  }

  private static int field(int length) {
    return 1 + WireOutput.varintLength(length) + length;
  }

  private void writeResourceSpans(WireOutput out, int[] spans, int from, int to) {
    int scope = batch.spanScope[spans[from]];
    int resource = batch.scopes.parent[scope];
    out.header(1, resourceSpansLength(spans, from, to));
    writeBody(out, batch.resources, resource);
    out.header(2, scopeSpansLength(spans, from, to));
    writeBody(out, batch.scopes, scope);
    for (int i = from; i < to; i++) {
      int span = spans[i];
      out.header(2, batch.spanLength[span]);
      out.copy(batch.bytes, batch.spanOffset[span], batch.spanLength[span]);
    }
    writeSchema(out, batch.scopes, scope);
    writeSchema(out, batch.resources, resource);
  }

  private void writeBody(WireOutput out, OtlpBatch.Sections sections, int i) {
    if (sections.length[i] >= 0) {
      out.header(1, sections.length[i]);
      out.copy(batch.bytes, sections.offset[i], sections.length[i]);
    }
  }

  private void writeSchema(WireOutput out, OtlpBatch.Sections sections, int i) {
    if (sections.schemaLength[i] > 0) {
      out.header(3, sections.schemaLength[i]);
      out.copy(batch.bytes, sections.schemaOffset[i], sections.schemaLength[i]);
    }
  }
}
