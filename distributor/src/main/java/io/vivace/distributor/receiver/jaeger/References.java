package io.vivace.distributor.receiver.jaeger;

import io.vivace.wire.otlp.OtlpWriter;
import java.util.Arrays;

/// The references of one span: they give it its parent and become its links.
final class References {
  private static final int CHILD_OF = 0;
  private static final String TYPE = "opentracing.ref_type";

  private long[] traceIdHigh = new long[4];
  private long[] traceIdLow = new long[4];
  private long[] spanId = new long[4];
  private boolean[] childOf = new boolean[4];
  private int size;

  void clear() {
    size = 0;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /// Adds a reference.
  ///
  /// @param type number of the type, the same in protobuf and Thrift
  void add(int type, long high, long low, long span) {
    if (size == spanId.length) {
      traceIdHigh = Arrays.copyOf(traceIdHigh, 2 * size);
      traceIdLow = Arrays.copyOf(traceIdLow, 2 * size);
      spanId = Arrays.copyOf(spanId, 2 * size);
      childOf = Arrays.copyOf(childOf, 2 * size);
    }
    traceIdHigh[size] = high;
    traceIdLow[size] = low;
    spanId[size] = span;
    childOf[size] = type == CHILD_OF;
    size++;
  }

  /// The parent in a trace: the first span of it that this one is a child of, else the first that
  /// it follows from, else 0.
  long parent(long high, long low) {
    int follows = -1;
    for (int i = 0; i < size; i++) {
      if (traceIdHigh[i] == high && traceIdLow[i] == low) {
        if (childOf[i]) {
          return spanId[i];
        }
        follows = follows < 0 ? i : follows;
      }
    }
    return follows < 0 ? 0 : spanId[follows];
  }

  /// Writes a link for each reference, but not for the parent that this span is a child of.
  void writeLinks(OtlpWriter span, long parent) {
    for (int i = 0; i < size; i++) {
      if (childOf[i] && spanId[i] == parent) {
        continue;
      }
      int link = span.begin(OtlpFields.SPAN_LINKS);
      if ((traceIdHigh[i] | traceIdLow[i]) != 0) {
        span.traceId(OtlpFields.LINK_TRACE_ID, traceIdHigh[i], traceIdLow[i]);
      }
      if (spanId[i] != 0) {
        span.spanId(OtlpFields.LINK_SPAN_ID, spanId[i]);
      }
      span.attribute(OtlpFields.LINK_ATTRIBUTES, TYPE, childOf[i] ? "child_of" : "follows_from");
      span.end(link);
    }
  }
}
