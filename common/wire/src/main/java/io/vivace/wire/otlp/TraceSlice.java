package io.vivace.wire.otlp;

import com.google.protobuf.ByteString;
import io.vivace.wire.TraceId;

/// The spans of one trace in one request.
///
/// @param traceId the trace
/// @param bytes an OTLP `TracesData` message (= `tempopb.Trace`) with these spans only
/// @param spanCount number of spans
public record TraceSlice(TraceId traceId, ByteString bytes, int spanCount) {}
