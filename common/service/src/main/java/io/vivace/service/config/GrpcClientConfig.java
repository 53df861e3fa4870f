package io.vivace.service.config;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A gRPC client of another component. Sizes in bytes.
///
/// @param maxRecvMsgSize key `max_recv_msg_size`
/// @param maxSendMsgSize key `max_send_msg_size`
/// @param grpcCompression key `grpc_compression`
/// @param backoffConfig key `backoff_config`
/// @param connectTimeout key `connect_timeout`
/// @param tls further keys of the same mapping
/// @param others known keys without effect
public record GrpcClientConfig(
    int maxRecvMsgSize,
    int maxSendMsgSize,
    String grpcCompression,
    BackoffConfig backoffConfig,
    Duration connectTimeout,
    @Inline ClientTlsConfig tls,
    @Rest Map<String, @Nullable Object> others) {

  /// Waits between tries: doubled from the shortest to the longest; 0 retries means for ever.
  ///
  /// @param minPeriod key `min_period`
  /// @param maxPeriod key `max_period`
  /// @param maxRetries key `max_retries`
  public record BackoffConfig(Duration minPeriod, Duration maxPeriod, int maxRetries) {}

  /// How a client trusts and identifies itself.
  ///
  /// @param tlsEnabled key `tls_enabled`
  /// @param tlsCertPath key `tls_cert_path`
  /// @param tlsKeyPath key `tls_key_path`
  /// @param tlsCaPath key `tls_ca_path`
  /// @param tlsServerName key `tls_server_name`
  /// @param tlsInsecureSkipVerify key `tls_insecure_skip_verify`
  /// @param tlsCipherSuites key `tls_cipher_suites`
  /// @param tlsMinVersion key `tls_min_version`
  public record ClientTlsConfig(
      boolean tlsEnabled,
      String tlsCertPath,
      String tlsKeyPath,
      String tlsCaPath,
      String tlsServerName,
      boolean tlsInsecureSkipVerify,
      String tlsCipherSuites,
      String tlsMinVersion) {}
}
