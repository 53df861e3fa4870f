package io.vivace.distributor.forwarder;

import io.vivace.distributor.forwarder.ottl.Condition;
import io.vivace.distributor.forwarder.ottl.ConditionParser;
import io.vivace.distributor.forwarder.ottl.Context;
import io.vivace.distributor.forwarder.ottl.OttlException;
import io.vivace.service.config.DistributorConfig.ForwarderConfig;
import io.vivace.service.config.DistributorConfig.TraceFilterConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Makes forwarders of their configuration, and refuses what cannot be done.
final class ForwarderFactory {
  private static final String KEY = "distributor.forwarders";

  /// How long one send may take. Source: Tempo 2.9 `modules/distributor/forwarder/manager.go`.
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private ForwarderFactory() {}

  /// The forwarders by name.
  ///
  /// @throws IllegalArgumentException that names the key, the value, and what is expected
  static Map<String, Forwarder> create(List<ForwarderConfig> configs) {
    Map<String, Forwarder> forwarders = new LinkedHashMap<>();
    for (int i = 0; i < configs.size(); i++) {
      String key = KEY + "[" + i + "]";
      ForwarderConfig config = configs.get(i);
      if (config.name().isEmpty() || forwarders.containsKey(config.name())) {
        throw refused(key + ".name", config.name(), "a name of its own");
      }
      if (!config.backend().equals("otlpgrpc")) {
        throw refused(key + ".backend", config.backend(), "otlpgrpc");
      }
      SpanFilter filter = filter(key + ".filter.traces", config.filter().traces());
      SpanSink sink = new OtlpGrpcSink(key + ".otlpgrpc", config.otlpgrpc(), TIMEOUT);
      forwarders.put(config.name(), new Forwarder(config.name(), filter, sink));
    }
    return forwarders;
  }

  private static SpanFilter filter(String key, TraceFilterConfig config) {
    return new SpanFilter(
        conditions(key + ".span", config.span(), Context.SPAN),
        conditions(key + ".spanevent", config.spanevent(), Context.SPAN_EVENT));
  }

  private static List<Condition> conditions(String key, List<String> texts, Context context) {
    List<Condition> conditions = new ArrayList<>(texts.size());
    for (int i = 0; i < texts.size(); i++) {
      try {
        conditions.add(ConditionParser.parse(texts.get(i), context));
      } catch (OttlException e) {
        throw new IllegalArgumentException(key + "[" + i + "]: " + e.getMessage(), e);
      }
    }
    return conditions;
  }

  private static IllegalArgumentException refused(String key, String value, String expected) {
    return new IllegalArgumentException(key + ": " + value + " (expected: " + expected + ")");
  }
}
