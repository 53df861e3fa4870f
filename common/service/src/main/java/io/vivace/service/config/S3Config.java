package io.vivace.service.config;

import java.time.Duration;
import java.util.Map;

/// Amazon S3 and stores that speak like it.
///
/// @param bucket key `bucket`
/// @param prefix key `prefix`
/// @param endpoint key `endpoint`
/// @param region key `region`
/// @param accessKey key `access_key`
/// @param secretKey key `secret_key`
/// @param sessionToken key `session_token`
/// @param insecure key `insecure`
/// @param partSize key `part_size`
/// @param hedgeRequestsAt key `hedge_requests_at`
/// @param hedgeRequestsUpTo key `hedge_requests_up_to`
/// @param signatureV2 key `signature_v2`
/// @param forcepathstyle key `forcepathstyle`
/// @param enableDualStack key `enable_dual_stack`
/// @param bucketLookupType key `bucket_lookup_type`
/// @param tags key `tags`
/// @param storageClass key `storage_class`
/// @param metadata key `metadata`
/// @param nativeAwsAuthEnabled key `native_aws_auth_enabled`
/// @param listBlocksConcurrency key `list_blocks_concurrency`
/// @param checksumType key `checksum_type`
/// @param sse key `sse`
/// @param tlsCertPath key `tls_cert_path`
/// @param tlsKeyPath key `tls_key_path`
/// @param tlsCaPath key `tls_ca_path`
/// @param tlsServerName key `tls_server_name`
/// @param tlsInsecureSkipVerify key `tls_insecure_skip_verify`
/// @param tlsCipherSuites key `tls_cipher_suites`
/// @param tlsMinVersion key `tls_min_version`
public record S3Config(
    String bucket,
    String prefix,
    String endpoint,
    String region,
    Secret accessKey,
    Secret secretKey,
    Secret sessionToken,
    boolean insecure,
    long partSize,
    Duration hedgeRequestsAt,
    int hedgeRequestsUpTo,
    boolean signatureV2,
    boolean forcepathstyle,
    boolean enableDualStack,
    int bucketLookupType,
    Map<String, String> tags,
    String storageClass,
    Map<String, String> metadata,
    boolean nativeAwsAuthEnabled,
    int listBlocksConcurrency,
    String checksumType,
    SseConfig sse,
    String tlsCertPath,
    String tlsKeyPath,
    String tlsCaPath,
    String tlsServerName,
    boolean tlsInsecureSkipVerify,
    String tlsCipherSuites,
    String tlsMinVersion) {

  /// Encryption by the store.
  ///
  /// @param type key `type`
  /// @param kmsKeyId key `kms_key_id`
  /// @param kmsEncryptionContext key `kms_encryption_context`
  public record SseConfig(String type, String kmsKeyId, String kmsEncryptionContext) {}
}
