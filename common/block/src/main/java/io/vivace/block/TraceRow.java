package io.vivace.block;

import io.vivace.wire.TraceId;
import io.vivace.wire.tempopb.Trace;

/// One row of a block.
///
/// @param id the trace
/// @param trace everything the block knows of it
public record TraceRow(TraceId id, Trace trace) {}
