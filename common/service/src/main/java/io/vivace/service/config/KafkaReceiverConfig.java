package io.vivace.service.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Key `distributor.receivers.kafka`: a consumer of topics that hold spans.
///
/// @param brokers key `brokers`
/// @param clientId key `client_id`
/// @param groupId key `group_id`
/// @param topic key `topic`; wins over `traces.topic` when it is not empty
/// @param encoding key `encoding`; wins over `traces.encoding` when it is not empty
/// @param traces key `traces`
/// @param initialOffset key `initial_offset`: `latest` or `earliest`
/// @param sessionTimeout key `session_timeout`
/// @param heartbeatInterval key `heartbeat_interval`
/// @param autocommit key `autocommit`
/// @param messageMarking key `message_marking`
/// @param headerExtraction key `header_extraction`
/// @param minFetchSize key `min_fetch_size`, bytes
/// @param defaultFetchSize key `default_fetch_size`, bytes
/// @param maxFetchSize key `max_fetch_size`, bytes; 0 has no limit
/// @param maxFetchWait key `max_fetch_wait`
/// @param auth key `auth`
/// @param tls key `tls`
/// @param groupInstanceId key `group_instance_id`
/// @param groupRebalanceStrategy key `group_rebalance_strategy`
/// @param others known keys without effect
public record KafkaReceiverConfig(
    List<String> brokers,
    String clientId,
    String groupId,
    String topic,
    String encoding,
    Signal traces,
    String initialOffset,
    Duration sessionTimeout,
    Duration heartbeatInterval,
    Autocommit autocommit,
    MessageMarking messageMarking,
    HeaderExtraction headerExtraction,
    int minFetchSize,
    int defaultFetchSize,
    int maxFetchSize,
    Duration maxFetchWait,
    Auth auth,
    @WhenPresent @Nullable Tls tls,
    String groupInstanceId,
    String groupRebalanceStrategy,
    @Rest Map<String, @Nullable Object> others) {

  /// What a topic holds.
  ///
  /// @param topic key `topic`
  /// @param encoding key `encoding`
  public record Signal(String topic, String encoding) {}

  /// How often progress is stored at the broker.
  ///
  /// @param enable key `enable`
  /// @param interval key `interval`
  public record Autocommit(boolean enable, Duration interval) {}

  /// What happens to a message that nobody can take.
  ///
  /// @param after key `after`
  /// @param onError key `on_error`
  public record MessageMarking(boolean after, boolean onError) {}

  /// Headers of messages that become attributes of resources.
  ///
  /// @param extractHeaders key `extract_headers`
  /// @param headers key `headers`
  public record HeaderExtraction(boolean extractHeaders, List<String> headers) {}

  /// Who the consumer is.
  ///
  /// @param sasl key `sasl`
  /// @param others known keys without effect
  public record Auth(
      @WhenPresent @Nullable Sasl sasl, @Rest Map<String, @Nullable Object> others) {}

  /// Name and password.
  ///
  /// @param username key `username`
  /// @param password key `password`
  /// @param mechanism key `mechanism`: `PLAIN`, `SCRAM-SHA-256` or `SCRAM-SHA-512`
  /// @param others known keys without effect
  public record Sasl(
      String username,
      Secret password,
      String mechanism,
      @Rest Map<String, @Nullable Object> others) {}

  /// How the brokers are trusted, and the consumer's certificate.
  ///
  /// @param insecure key `insecure`: no TLS
  /// @param insecureSkipVerify key `insecure_skip_verify`
  /// @param caFile key `ca_file`
  /// @param certFile key `cert_file`
  /// @param keyFile key `key_file`
  /// @param others known keys without effect
  public record Tls(
      boolean insecure,
      boolean insecureSkipVerify,
      String caFile,
      String certFile,
      String keyFile,
      @Rest Map<String, @Nullable Object> others) {}
}
