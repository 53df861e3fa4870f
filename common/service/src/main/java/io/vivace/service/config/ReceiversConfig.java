package io.vivace.service.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Key `distributor.receivers`: a receiver is served because its key is there. Each component holds
/// every instance of its type by its whole key: `otlp`, `otlp/second`.
///
/// @param otlp key `otlp`
/// @param jaeger key `jaeger`
/// @param zipkin key `zipkin`
/// @param opencensus key `opencensus`
/// @param kafka key `kafka`
public record ReceiversConfig(
    @Instances Map<String, OtlpConfig> otlp,
    @Instances Map<String, JaegerConfig> jaeger,
    @Instances Map<String, ZipkinConfig> zipkin,
    @Instances Map<String, OpencensusConfig> opencensus,
    @Instances Map<String, KafkaReceiverConfig> kafka) {

  /// The first instance of a type in the order of the file, null when there is none.
  public static <T> @Nullable T first(Map<String, T> instances) {
    return instances.isEmpty() ? null : instances.values().iterator().next();
  }

  /// Whether nothing is received.
  public boolean none() {
    return otlp.isEmpty()
        && jaeger.isEmpty()
        && zipkin.isEmpty()
        && opencensus.isEmpty()
        && kafka.isEmpty();
  }

  /// OTLP over gRPC and HTTP.
  ///
  /// @param protocols key `protocols`
  public record OtlpConfig(OtlpProtocols protocols) {}

  /// The transports of OTLP.
  ///
  /// @param grpc key `grpc`
  /// @param http key `http`
  public record OtlpProtocols(
      @WhenPresent @Nullable GrpcReceiver grpc, @WhenPresent @Nullable OtlpHttpReceiver http) {}

  /// A receiver on a gRPC port. 0 streams means no limit.
  ///
  /// @param endpoint key `endpoint`
  /// @param tls key `tls`
  /// @param maxRecvMsgSizeMib key `max_recv_msg_size_mib`
  /// @param maxConcurrentStreams key `max_concurrent_streams`
  /// @param includeMetadata key `include_metadata`
  /// @param keepalive key `keepalive`
  /// @param others known keys without effect
  public record GrpcReceiver(
      String endpoint,
      ReceiverTls tls,
      int maxRecvMsgSizeMib,
      int maxConcurrentStreams,
      boolean includeMetadata,
      KeepaliveConfig keepalive,
      @Rest Map<String, @Nullable Object> others) {}

  /// Connections of a gRPC receiver.
  ///
  /// @param serverParameters key `server_parameters`
  /// @param enforcementPolicy key `enforcement_policy`
  public record KeepaliveConfig(
      ServerParameters serverParameters, EnforcementPolicy enforcementPolicy) {}

  /// How long connections live and how they are probed; 0 is the default of gRPC.
  ///
  /// @param maxConnectionIdle key `max_connection_idle`
  /// @param maxConnectionAge key `max_connection_age`
  /// @param maxConnectionAgeGrace key `max_connection_age_grace`
  /// @param time key `time`
  /// @param timeout key `timeout`
  public record ServerParameters(
      Duration maxConnectionIdle,
      Duration maxConnectionAge,
      Duration maxConnectionAgeGrace,
      Duration time,
      Duration timeout) {}

  /// How often clients may probe; 0 is the default of gRPC.
  ///
  /// @param minTime key `min_time`
  /// @param permitWithoutStream key `permit_without_stream`
  public record EnforcementPolicy(Duration minTime, boolean permitWithoutStream) {}

  /// A receiver on an HTTP port. 0 time is no limit.
  ///
  /// @param endpoint key `endpoint`
  /// @param tls key `tls`
  /// @param cors key `cors`
  /// @param maxRequestBodySize key `max_request_body_size`
  /// @param includeMetadata key `include_metadata`
  /// @param responseHeaders key `response_headers`
  /// @param readTimeout key `read_timeout`
  /// @param readHeaderTimeout key `read_header_timeout`
  /// @param writeTimeout key `write_timeout`
  /// @param idleTimeout key `idle_timeout`
  /// @param others known keys without effect
  public record HttpReceiver(
      String endpoint,
      ReceiverTls tls,
      CorsConfig cors,
      long maxRequestBodySize,
      boolean includeMetadata,
      Map<String, String> responseHeaders,
      Duration readTimeout,
      Duration readHeaderTimeout,
      Duration writeTimeout,
      Duration idleTimeout,
      @Rest Map<String, @Nullable Object> others) {

    /// A port with every default, not encrypted.
    public static HttpReceiver plain(String endpoint) {
      return new HttpReceiver(
          endpoint,
          ReceiverTls.NONE,
          new CorsConfig(List.of(), List.of(), 0),
          0,
          true,
          Map.of(),
          Duration.ZERO,
          Duration.ZERO,
          Duration.ZERO,
          Duration.ZERO,
          Map.of());
    }
  }

  /// OTLP over HTTP.
  ///
  /// @param server further keys of the same mapping
  /// @param tracesUrlPath key `traces_url_path`
  public record OtlpHttpReceiver(@Inline HttpReceiver server, String tracesUrlPath) {}

  /// Certificates of a receiver; all empty: no TLS.
  ///
  /// @param certFile key `cert_file`
  /// @param keyFile key `key_file`
  /// @param certPem key `cert_pem`
  /// @param keyPem key `key_pem`
  /// @param clientCaFile key `client_ca_file`; clients must show a certificate of it
  /// @param clientCaFileReload key `client_ca_file_reload`
  /// @param minVersion key `min_version`
  /// @param maxVersion key `max_version`; empty is the newest
  /// @param cipherSuites key `cipher_suites`; empty is every secure one
  /// @param reloadInterval key `reload_interval`; 0 never reads the certificate again
  /// @param others known keys without effect
  public record ReceiverTls(
      String certFile,
      String keyFile,
      String certPem,
      Secret keyPem,
      String clientCaFile,
      boolean clientCaFileReload,
      String minVersion,
      String maxVersion,
      List<String> cipherSuites,
      Duration reloadInterval,
      @Rest Map<String, @Nullable Object> others) {
    /// No TLS.
    public static final ReceiverTls NONE =
        new ReceiverTls(
            "", "", "", new Secret(""), "", false, "", "", List.of(), Duration.ZERO, Map.of());
  }

  /// Which web pages may send spans; `max_age` in seconds.
  ///
  /// @param allowedOrigins key `allowed_origins`
  /// @param allowedHeaders key `allowed_headers`
  /// @param maxAge key `max_age`
  public record CorsConfig(List<String> allowedOrigins, List<String> allowedHeaders, int maxAge) {}

  /// Jaeger in its four transports.
  ///
  /// @param protocols key `protocols`
  /// @param remoteSampling key `remote_sampling`
  public record JaegerConfig(
      JaegerProtocols protocols, @WhenPresent @Nullable RemoteSamplingConfig remoteSampling) {}

  /// What clients of Jaeger are told to sample, on the receiver's gRPC and HTTP ports.
  ///
  /// @param hostEndpoint key `host_endpoint`, a further HTTP port; empty for none
  /// @param strategyFile key `strategy_file`; empty for the default of Jaeger's clients
  /// @param strategyFileReloadInterval key `strategy_file_reload_interval`; 0 never reads it again
  public record RemoteSamplingConfig(
      String hostEndpoint, String strategyFile, Duration strategyFileReloadInterval) {}

  /// The transports of Jaeger.
  ///
  /// @param grpc key `grpc`
  /// @param thriftHttp key `thrift_http`
  /// @param thriftCompact key `thrift_compact`
  /// @param thriftBinary key `thrift_binary`
  public record JaegerProtocols(
      @WhenPresent @Nullable GrpcReceiver grpc,
      @WhenPresent @Nullable HttpReceiver thriftHttp,
      @WhenPresent @Nullable UdpReceiver thriftCompact,
      @WhenPresent @Nullable UdpReceiver thriftBinary) {}

  /// A receiver of datagrams. Sizes in bytes; 0 is the default of the system.
  ///
  /// @param endpoint key `endpoint`
  /// @param queueSize key `queue_size`
  /// @param maxPacketSize key `max_packet_size`
  /// @param workers key `workers`
  /// @param socketBufferSize key `socket_buffer_size`
  public record UdpReceiver(
      String endpoint, int queueSize, int maxPacketSize, int workers, int socketBufferSize) {}

  /// Zipkin over HTTP.
  ///
  /// @param server further keys of the same mapping
  /// @param parseStringTags key `parse_string_tags`
  /// @param lossless key `lossless`: keeps what Tempo drops or refuses
  public record ZipkinConfig(
      @Inline HttpReceiver server, boolean parseStringTags, boolean lossless) {}

  /// OpenCensus over gRPC.
  ///
  /// @param server further keys of the same mapping
  /// @param corsAllowedOrigins key `cors_allowed_origins`
  public record OpencensusConfig(@Inline GrpcReceiver server, List<String> corsAllowedOrigins) {}
}
