package io.vivace.service.config;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Section `server`: the HTTP and gRPC ports that every service has. Sizes in bytes.
///
/// @param httpListenAddress key `http_listen_address`
/// @param httpListenPort key `http_listen_port`
/// @param grpcListenAddress key `grpc_listen_address`
/// @param grpcListenPort key `grpc_listen_port`
/// @param gracefulShutdownTimeout key `graceful_shutdown_timeout`
/// @param httpServerReadTimeout key `http_server_read_timeout`
/// @param httpServerWriteTimeout key `http_server_write_timeout`
/// @param httpServerIdleTimeout key `http_server_idle_timeout`
/// @param grpcServerMaxRecvMsgSize key `grpc_server_max_recv_msg_size`
/// @param grpcServerMaxSendMsgSize key `grpc_server_max_send_msg_size`
/// @param grpcServerMaxConcurrentStreams key `grpc_server_max_concurrent_streams`
/// @param grpcServerKeepaliveTime key `grpc_server_keepalive_time`
/// @param grpcServerKeepaliveTimeout key `grpc_server_keepalive_timeout`
/// @param grpcServerMinTimeBetweenPings key `grpc_server_min_time_between_pings`
/// @param grpcServerPingWithoutStreamAllowed key `grpc_server_ping_without_stream_allowed`
/// @param logFormat key `log_format`
/// @param logLevel key `log_level`
/// @param logRequestAtInfoLevelEnabled key `log_request_at_info_level_enabled`
/// @param httpPathPrefix key `http_path_prefix`
/// @param httpTlsConfig key `http_tls_config`
/// @param grpcTlsConfig key `grpc_tls_config`
/// @param others known keys without effect
public record ServerConfig(
    String httpListenAddress,
    int httpListenPort,
    String grpcListenAddress,
    int grpcListenPort,
    Duration gracefulShutdownTimeout,
    Duration httpServerReadTimeout,
    Duration httpServerWriteTimeout,
    Duration httpServerIdleTimeout,
    int grpcServerMaxRecvMsgSize,
    int grpcServerMaxSendMsgSize,
    int grpcServerMaxConcurrentStreams,
    Duration grpcServerKeepaliveTime,
    Duration grpcServerKeepaliveTimeout,
    Duration grpcServerMinTimeBetweenPings,
    boolean grpcServerPingWithoutStreamAllowed,
    String logFormat,
    String logLevel,
    boolean logRequestAtInfoLevelEnabled,
    String httpPathPrefix,
    ServerTlsConfig httpTlsConfig,
    ServerTlsConfig grpcTlsConfig,
    @Rest Map<String, @Nullable Object> others) {

  /// Certificates of a listening port; all empty: no TLS.
  ///
  /// @param cert key `cert`
  /// @param key key `key`
  /// @param clientCa key `client_ca`
  /// @param certFile key `cert_file`
  /// @param keyFile key `key_file`
  /// @param clientAuthType key `client_auth_type`
  /// @param clientCaFile key `client_ca_file`
  public record ServerTlsConfig(
      String cert,
      Secret key,
      String clientCa,
      String certFile,
      String keyFile,
      String clientAuthType,
      String clientCaFile) {}
}
