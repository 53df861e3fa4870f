package io.vivace.distributor.receiver.kafka;

import io.vivace.service.config.KafkaReceiverConfig;
import io.vivace.service.config.KafkaReceiverConfig.Sasl;
import io.vivace.service.config.KafkaReceiverConfig.Tls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;

/// The settings of Kafka's consumer for the collector's keys.
///
/// @param key configuration key of the receiver, for errors
/// @param config its configuration
record KafkaSettings(String key, KafkaReceiverConfig config) {
  private static final List<String> MECHANISMS = List.of("PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512");

  /// The topic that is read.
  String topic() {
    return config.topic().isEmpty() ? config.traces().topic() : config.topic();
  }

  /// How messages are encoded.
  KafkaEncoding encoding() {
    String name = config.encoding().isEmpty() ? config.traces().encoding() : config.encoding();
    return KafkaEncoding.of(key + ".traces.encoding", name);
  }

  /// What the consumer is made with. Progress is stored by the receiver itself, after the spans
  /// are.
  Map<String, Object> properties() {
    Map<String, Object> properties = new HashMap<>();
    properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, String.join(",", config.brokers()));
    properties.put(ConsumerConfig.CLIENT_ID_CONFIG, config.clientId());
    properties.put(ConsumerConfig.GROUP_ID_CONFIG, config.groupId());
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, initialOffset());
    properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, millis(config.sessionTimeout()));
    properties.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, millis(config.heartbeatInterval()));
    properties.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, Math.max(1, config.minFetchSize()));
    properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, millis(config.maxFetchWait()));
    properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, config.defaultFetchSize());
    if (config.maxFetchSize() > 0) {
      properties.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, config.maxFetchSize());
    }
    properties.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
        assignor(config.groupRebalanceStrategy()));
    if (!config.groupInstanceId().isEmpty()) {
      properties.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, config.groupInstanceId());
    }
    security(properties);
    return properties;
  }

  private static int millis(Duration duration) {
    return (int) Math.min(Integer.MAX_VALUE, duration.toMillis());
  }

  private String initialOffset() {
    return switch (config.initialOffset()) {
      case "latest", "earliest" -> config.initialOffset();
      default -> throw wrong("initial_offset", config.initialOffset(), "latest or earliest");
    };
  }

  private String assignor(String strategy) {
    String name =
        switch (strategy) {
          case "", "range" -> "RangeAssignor";
          case "roundrobin" -> "RoundRobinAssignor";
          case "sticky" -> "StickyAssignor";
          case "cooperative-sticky" -> "CooperativeStickyAssignor";
          default ->
              throw wrong(
                  "group_rebalance_strategy",
                  strategy,
                  "range, roundrobin, sticky or cooperative-sticky");
        };
    return "org.apache.kafka.clients.consumer." + name;
  }

  private void security(Map<String, Object> properties) {
    Tls tls = config.tls();
    Sasl sasl = config.auth().sasl();
    properties.put(
        "security.protocol",
        (sasl == null ? "" : "SASL_") + (tls == null || tls.insecure() ? "PLAINTEXT" : "SSL"));
    if (tls != null && !tls.insecure()) {
      tls(properties, tls);
    }
    if (sasl != null) {
      sasl(properties, sasl);
    }
  }

  private void tls(Map<String, Object> properties, Tls tls) {
    if (tls.insecureSkipVerify()) {
      throw wrong("tls.insecure_skip_verify", "true", "false, and a ca_file");
    }
    if (!tls.caFile().isEmpty()) {
      properties.put(SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG, "PEM");
      properties.put(
          SslConfigs.SSL_TRUSTSTORE_CERTIFICATES_CONFIG, read("tls.ca_file", tls.caFile()));
    }
    if (!tls.certFile().isEmpty()) {
      properties.put(SslConfigs.SSL_KEYSTORE_TYPE_CONFIG, "PEM");
      properties.put(
          SslConfigs.SSL_KEYSTORE_CERTIFICATE_CHAIN_CONFIG, read("tls.cert_file", tls.certFile()));
      properties.put(SslConfigs.SSL_KEYSTORE_KEY_CONFIG, read("tls.key_file", tls.keyFile()));
    }
  }

  private void sasl(Map<String, Object> properties, Sasl sasl) {
    String mechanism = sasl.mechanism().toUpperCase(Locale.ROOT);
    if (!MECHANISMS.contains(mechanism)) {
      throw wrong("auth.sasl.mechanism", sasl.mechanism(), "one of " + MECHANISMS);
    }
    String module =
        mechanism.equals("PLAIN")
            ? "org.apache.kafka.common.security.plain.PlainLoginModule"
            : "org.apache.kafka.common.security.scram.ScramLoginModule";
    properties.put(SaslConfigs.SASL_MECHANISM, mechanism);
    properties.put(
        SaslConfigs.SASL_JAAS_CONFIG,
        module
            + " required username="
            + quoted(sasl.username())
            + " password="
            + quoted(sasl.password().value())
            + ";");
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private String read(String name, String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException e) {
      throw new IllegalArgumentException(
          key + "." + name + ": " + file + " (expected: a file to read)", e);
    }
  }

  private IllegalArgumentException wrong(String name, String value, String expected) {
    return new IllegalArgumentException(
        key + "." + name + ": " + value + " (expected: " + expected + ")");
  }
}
