package io.vivace.frontend.http;

import java.time.Duration;
import java.util.List;

/// What section `query_frontend` says about requests.
///
/// @param defaultResultLimit traces of a search that names no limit
/// @param maxResultLimit most traces that may be asked for, 0 for no limit
/// @param maxSpansPerSpanSet most spans per span set that may be asked for, 0 for no limit
/// @param maxDuration longest range of a search
/// @param maxQueryExpressionBytes longest query
/// @param urlDenyList regular expressions over path and query of refused requests
public record FrontendLimits(
    int defaultResultLimit,
    int maxResultLimit,
    int maxSpansPerSpanSet,
    Duration maxDuration,
    int maxQueryExpressionBytes,
    List<String> urlDenyList) {}
