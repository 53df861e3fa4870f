package io.vivace.service.launch;

import io.vivace.service.config.ReceiversConfig;
import io.vivace.service.config.ServerConfig;
import io.vivace.service.config.TempoConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What a person sees when a process is up: where it listens, and how to push and read a first
/// trace.
///
/// @param now milliseconds since 1970, the time of the example span
/// @param ready false while something is still on its way up: a log that is being replayed
record Banner(TempoConfig config, Target target, long now, boolean ready) {
  private static final String TRACE = "5b8efff798038103d269b633813fc60c";

  String text() {
    List<String> lines = new ArrayList<>();
    ServerConfig server = config.server();
    lines.add("Vivace " + BuildInfo.current().product() + ", target " + target.text() + ", is up");
    String http = address(server.httpListenAddress(), server.httpListenPort());
    if (target != Target.GATEWAY) {
      lines.add("  HTTP API    http://" + http);
      lines.add("  gRPC        " + address(server.grpcListenAddress(), server.grpcListenPort()));
    }
    boolean writes = target == Target.ALL || target == Target.DISTRIBUTOR;
    ReceiversConfig receivers = config.distributor().receivers();
    String otlpHttp = null;
    if (writes) {
      receivers(lines, receivers);
      otlpHttp = otlpHttp(receivers);
    }
    gateway(lines);
    if (!ready) {
      lines.add("  not ready   until http://" + http + config.httpApiPrefix() + "/ready says so");
    }
    if (target == Target.ALL && otlpHttp != null) {
      example(lines, otlpHttp, http);
    }
    return String.join("\n", lines) + "\n";
  }

  private static void receivers(List<String> lines, ReceiversConfig receivers) {
    for (ReceiversConfig.OtlpConfig otlp : receivers.otlp().values()) {
      ReceiversConfig.OtlpProtocols protocols = otlp.protocols();
      line(lines, "OTLP gRPC", protocols.grpc() == null ? null : protocols.grpc().endpoint());
      line(
          lines,
          "OTLP HTTP",
          protocols.http() == null ? null : "http://" + protocols.http().server().endpoint());
    }
    for (ReceiversConfig.JaegerConfig jaeger : receivers.jaeger().values()) {
      ReceiversConfig.JaegerProtocols protocols = jaeger.protocols();
      line(lines, "Jaeger gRPC", protocols.grpc() == null ? null : protocols.grpc().endpoint());
      line(
          lines,
          "Jaeger HTTP",
          protocols.thriftHttp() == null ? null : "http://" + protocols.thriftHttp().endpoint());
      udp(lines, "compact", protocols.thriftCompact());
      udp(lines, "binary", protocols.thriftBinary());
    }
    receivers
        .zipkin()
        .values()
        .forEach(zipkin -> line(lines, "Zipkin", "http://" + zipkin.server().endpoint()));
    receivers
        .opencensus()
        .values()
        .forEach(opencensus -> line(lines, "OpenCensus", opencensus.server().endpoint()));
    receivers
        .kafka()
        .values()
        .forEach(kafka -> line(lines, "Kafka", "from " + String.join(", ", kafka.brokers())));
  }

  private static void udp(
      List<String> lines, String protocol, ReceiversConfig.@Nullable UdpReceiver udp) {
    line(lines, "Jaeger UDP", udp == null ? null : udp.endpoint() + " (" + protocol + ")");
  }

  private static void line(List<String> lines, String name, @Nullable String address) {
    if (address != null) {
      lines.add("  %-11s %s".formatted(name, address));
    }
  }

  private static @Nullable String otlpHttp(ReceiversConfig receivers) {
    for (ReceiversConfig.OtlpConfig otlp : receivers.otlp().values()) {
      if (otlp.protocols().http() != null) {
        return reachable(otlp.protocols().http().server().endpoint());
      }
    }
    return null;
  }

  private void gateway(List<String> lines) {
    int port = config.gateway().httpListenPort();
    if (target == Target.GATEWAY || (target == Target.ALL && port != 0)) {
      lines.add("  Gateway     http://" + address(config.gateway().httpListenAddress(), port));
    }
  }

  private void example(List<String> lines, String otlp, String http) {
    long nanos = TimeUnit.MILLISECONDS.toNanos(now);
    lines.add("Push a span, then read its trace:");
    lines.add(
        "  curl -H 'Content-Type: application/json' http://"
            + otlp
            + "/v1/traces -d '{\"resourceSpans\":[{\"resource\":{\"attributes\":[{\"key\":"
            + "\"service.name\",\"value\":{\"stringValue\":\"shop\"}}]},\"scopeSpans\":[{\"spans\":"
            + "[{\"traceId\":\""
            + TRACE
            + "\",\"spanId\":\"eee19b7ec3c1b174\",\"name\":\"checkout\",\"kind\":2,"
            + "\"startTimeUnixNano\":\""
            + (nanos - TimeUnit.SECONDS.toNanos(1))
            + "\",\"endTimeUnixNano\":\""
            + nanos
            + "\"}]}]}]}'");
    String prefix = config.httpApiPrefix();
    lines.add("  curl http://" + http + prefix + "/api/traces/" + TRACE);
  }

  private static String address(String host, int port) {
    return reachable(host + ":" + port);
  }

  private static String reachable(String endpoint) {
    int colon = endpoint.lastIndexOf(':');
    String host = endpoint.substring(0, Math.max(colon, 0));
    return switch (host) {
      case "", "0.0.0.0", "[::]" -> "127.0.0.1" + endpoint.substring(Math.max(colon, 0));
      default -> endpoint;
    };
  }
}
