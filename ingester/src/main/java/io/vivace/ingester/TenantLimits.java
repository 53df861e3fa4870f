package io.vivace.ingester;

/// What a tenant may keep in one ingester.
///
/// @param maxLiveTraces most live traces, 0 for no limit
/// @param maxTraceBytes largest trace in bytes, 0 for no limit
public record TenantLimits(int maxLiveTraces, int maxTraceBytes) {}
