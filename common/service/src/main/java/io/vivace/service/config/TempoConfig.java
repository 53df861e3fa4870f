package io.vivace.service.config;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The whole file, one component a section.
///
/// @param target key `target`
/// @param httpApiPrefix key `http_api_prefix`
/// @param authEnabled key `auth_enabled`
/// @param multitenancyEnabled key `multitenancy_enabled`
/// @param shutdownDelay key `shutdown_delay`
/// @param streamOverHttpEnabled key `stream_over_http_enabled`
/// @param server key `server`
/// @param internalServer key `internal_server`
/// @param distributor key `distributor`
/// @param ingesterClient key `ingester_client`
/// @param querier key `querier`
/// @param queryFrontend key `query_frontend`
/// @param compactor key `compactor`
/// @param ingester key `ingester`
/// @param storage key `storage`
/// @param overrides key `overrides`
/// @param memberlist key `memberlist`
/// @param usageReport key `usage_report`
/// @param cache key `cache`
/// @param gateway key `gateway`
/// @param others known keys without effect
public record TempoConfig(
    String target,
    String httpApiPrefix,
    boolean authEnabled,
    boolean multitenancyEnabled,
    Duration shutdownDelay,
    boolean streamOverHttpEnabled,
    ServerConfig server,
    InternalServerConfig internalServer,
    DistributorConfig distributor,
    IngesterClientConfig ingesterClient,
    QuerierConfig querier,
    QueryFrontendConfig queryFrontend,
    CompactorConfig compactor,
    IngesterConfig ingester,
    StorageConfig storage,
    OverridesConfig overrides,
    MemberlistConfig memberlist,
    UsageReportConfig usageReport,
    CacheConfig cache,
    GatewayConfig gateway,
    @Rest Map<String, @Nullable Object> others) {}
