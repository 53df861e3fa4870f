package io.vivace.service.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Key `distributor.receivers`: a receiver is served because its key is there.
///
/// @param otlp key `otlp`
/// @param jaeger key `jaeger`
/// @param zipkin key `zipkin`
/// @param opencensus key `opencensus`
/// @param kafka key `kafka`
public record ReceiversConfig(
    @WhenPresent @Nullable OtlpConfig otlp,
    @WhenPresent @Nullable JaegerConfig jaeger,
    @WhenPresent @Nullable ZipkinConfig zipkin,
    @WhenPresent @Nullable OpencensusConfig opencensus,
    @WhenPresent @Nullable Map<String, @Nullable Object> kafka) {

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
      Map<String, @Nullable Object> keepalive,
      @Rest Map<String, @Nullable Object> others) {}

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
      @Rest Map<String, @Nullable Object> others) {}

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
  /// @param clientCaFile key `client_ca_file`
  /// @param minVersion key `min_version`
  /// @param others known keys without effect
  public record ReceiverTls(
      String certFile,
      String keyFile,
      String certPem,
      Secret keyPem,
      String clientCaFile,
      String minVersion,
      @Rest Map<String, @Nullable Object> others) {}

  /// Which web pages may send spans; `max_age` in seconds.
  ///
  /// @param allowedOrigins key `allowed_origins`
  /// @param allowedHeaders key `allowed_headers`
  /// @param maxAge key `max_age`
  public record CorsConfig(List<String> allowedOrigins, List<String> allowedHeaders, int maxAge) {}

  /// Jaeger in its four transports.
  ///
  /// @param protocols key `protocols`
  /// @param others known keys without effect
  public record JaegerConfig(
      JaegerProtocols protocols, @Rest Map<String, @Nullable Object> others) {}

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
  public record ZipkinConfig(@Inline HttpReceiver server, boolean parseStringTags) {}

  /// OpenCensus over gRPC.
  ///
  /// @param server further keys of the same mapping
  /// @param corsAllowedOrigins key `cors_allowed_origins`
  public record OpencensusConfig(@Inline GrpcReceiver server, List<String> corsAllowedOrigins) {}
}
