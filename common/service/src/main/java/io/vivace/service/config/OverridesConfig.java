package io.vivace.service.config;

import java.time.Duration;

/// Section `overrides`: limits, and where the limits of single tenants come from.
///
/// @param defaults key `defaults`
/// @param perTenantOverrideConfig key `per_tenant_override_config`
/// @param perTenantOverridePeriod key `per_tenant_override_period`
/// @param inheritDefaults key `inherit_defaults`
/// @param userConfigurableOverrides key `user_configurable_overrides`
public record OverridesConfig(
    Limits defaults,
    String perTenantOverrideConfig,
    Duration perTenantOverridePeriod,
    boolean inheritDefaults,
    UserConfigurableConfig userConfigurableOverrides) {

  /// Limits that tenants set themselves over the API.
  ///
  /// @param enabled key `enabled`
  /// @param pollInterval key `poll_interval`
  /// @param client key `client`
  /// @param api key `api`
  public record UserConfigurableConfig(
      boolean enabled,
      Duration pollInterval,
      UserConfigurableClientConfig client,
      UserConfigurableApiConfig api) {}

  /// Where those limits are kept.
  ///
  /// @param backend key `backend`
  /// @param confirmVersioning key `confirm_versioning`
  /// @param local key `local`
  /// @param gcs key `gcs`
  /// @param s3 key `s3`
  /// @param azure key `azure`
  public record UserConfigurableClientConfig(
      String backend,
      boolean confirmVersioning,
      StorageConfig.LocalConfig local,
      GcsConfig gcs,
      S3Config s3,
      AzureConfig azure) {}

  /// Behaviour of the API.
  ///
  /// @param checkForConflictingRuntimeOverrides key `check_for_conflicting_runtime_overrides`
  public record UserConfigurableApiConfig(boolean checkForConflictingRuntimeOverrides) {}
}
