package io.vivace.service.config;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Section `usage_report`. Nothing is ever reported; the key only decides what
/// `/status/usage-stats` says.
///
/// @param reportingEnabled key `reporting_enabled`
/// @param others known keys without effect
public record UsageReportConfig(
    boolean reportingEnabled, @Rest Map<String, @Nullable Object> others) {}
