package io.vivace.frontend.query;

import java.time.Duration;

/// What section `query_frontend` says about how queries are run.
///
/// @param queryShards most jobs of a trace by id (`trace_by_id.query_shards`)
/// @param concurrentJobs most jobs of a search at a time (`search.concurrent_jobs`)
/// @param targetBytesPerJob how much of a block one job reads
/// @param queryBackendAfter blocks hold nothing that is younger
/// @param queryIngestersUntil ingesters hold nothing that is older
/// @param traceByIdTimeout how long a trace by id may take
/// @param searchTimeout how long a search may take
public record QuerySettings(
    int queryShards,
    int concurrentJobs,
    long targetBytesPerJob,
    Duration queryBackendAfter,
    Duration queryIngestersUntil,
    Duration traceByIdTimeout,
    Duration searchTimeout) {}
