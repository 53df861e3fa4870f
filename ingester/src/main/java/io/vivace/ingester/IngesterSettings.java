package io.vivace.ingester;

import java.time.Duration;

/// What the section `ingester` of the configuration says about the life of a trace.
///
/// @param traceIdlePeriod a trace without a push for this long is cut
/// @param traceLivePeriod a trace that is older is cut
/// @param maxBlockDuration a head block that is older becomes a block
/// @param maxBlockBytes a head block that is larger becomes a block
/// @param completeBlockTimeout how long a block is searched here after it was flushed
public record IngesterSettings(
    Duration traceIdlePeriod,
    Duration traceLivePeriod,
    Duration maxBlockDuration,
    long maxBlockBytes,
    Duration completeBlockTimeout) {}
