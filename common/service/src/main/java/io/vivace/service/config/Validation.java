package io.vivace.service.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Values that bind but cannot be used.
final class Validation {
  private final List<String> problems = new ArrayList<>();

  private Validation() {}

  static List<String> problems(TempoConfig config) {
    Validation validation = new Validation();
    validation.ports(config);
    validation.words(config);
    validation.tls(config);
    return validation.problems;
  }

  private void ports(TempoConfig config) {
    port("server.http_listen_port", config.server().httpListenPort());
    port("server.grpc_listen_port", config.server().grpcListenPort());
    port("internal_server.http_listen_port", config.internalServer().httpListenPort());
    port("gateway.http_listen_port", config.gateway().httpListenPort());
    port("memberlist.bind_port", config.memberlist().bindPort());
  }

  private void words(TempoConfig config) {
    oneOf("storage.trace.wal.fsync", config.storage().trace().wal().fsync(), "group", "none");
    oneOf("server.log_format", config.server().logFormat(), "logfmt", "json");
    oneOf("server.log_level", config.server().logLevel(), "debug", "info", "warn", "error");
    oneOf(
        "storage.trace.backend",
        config.storage().trace().backend(),
        "",
        "local",
        "s3",
        "gcs",
        "azure");
    oneOf(
        "overrides.defaults.ingestion.rate_strategy",
        config.overrides().defaults().ingestion().rateStrategy(),
        "local",
        "global");
  }

  /// A port that was meant to be encrypted must not listen in the clear.
  private void tls(TempoConfig config) {
    Map.of(
            "server.http_tls_config", config.server().httpTlsConfig(),
            "server.grpc_tls_config", config.server().grpcTlsConfig())
        .forEach((path, tls) -> {
          if (!tls.certFile().isEmpty() || !tls.cert().isEmpty()) {
            problems.add(
                path + ": a certificate (expected: nothing, TLS is not supported on this port)");
          }
        });
  }

  private void port(String path, int value) {
    if (value < 0 || value > 65_535) {
      problems.add(path + ": " + value + " (expected: 0 to 65535)");
    }
  }

  private void oneOf(String path, String value, String... words) {
    if (!List.of(words).contains(value)) {
      String expected = String.join(", ", words).replaceFirst("^, ", "");
      problems.add(path + ": " + value + " (expected: one of " + expected + ")");
    }
  }
}
