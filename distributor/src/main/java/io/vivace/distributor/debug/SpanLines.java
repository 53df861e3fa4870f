package io.vivace.distributor.debug;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import io.vivace.service.config.DistributorConfig.LogSpansConfig;
import io.vivace.service.log.RateLimitedLog;
import io.vivace.wire.json.TempoJson;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.spi.LoggingEventBuilder;

/// Writes a line for a span, as `log_received_spans` and `log_discarded_spans` ask for.
final class SpanLines {
  private static final double NANOS_PER_SECOND = 1e9;

  private final Logger logger;
  private final LogSpansConfig config;
  private final RateLimitedLog limit;

  SpanLines(Logger logger, LogSpansConfig config, RateLimitedLog limit) {
    this.logger = logger;
    this.config = config;
    this.limit = limit;
  }

  boolean enabled() {
    return config.enabled();
  }

  /// Writes the line of `span`, unless the configuration leaves it out or there were too many.
  ///
  /// @param about what is said in front of the span
  void write(String message, Map<String, String> about, Resource resource, Span span) {
    boolean failed = span.getStatus().getCode() == Status.StatusCode.STATUS_CODE_ERROR;
    if (config.filterByStatusError() && !failed || !limit.admit()) {
      return;
    }
    Map<String, Object> fields = new LinkedHashMap<>(about);
    if (config.includeAllAttributes()) {
      attributes(fields, resource.getAttributesList());
      span(fields, span);
      attributes(fields, span.getAttributesList());
    }
    fields.put("spanid", HexFormat.of().formatHex(span.getSpanId().toByteArray()));
    fields.put("traceid", HexFormat.of().formatHex(span.getTraceId().toByteArray()));
    LoggingEventBuilder line = logger.atInfo();
    for (Map.Entry<String, Object> field : fields.entrySet()) {
      line = line.addKeyValue(field.getKey(), field.getValue());
    }
    line.log(message);
  }

  private static void span(Map<String, Object> fields, Span span) {
    double nanos = span.getEndTimeUnixNano() - span.getStartTimeUnixNano();
    fields.put("span_name", span.getName());
    fields.put("span_duration_seconds", nanos / NANOS_PER_SECOND);
    fields.put("span_kind", span.getKind());
    fields.put("span_status", span.getStatus().getCode());
  }

  private static void attributes(Map<String, Object> fields, List<KeyValue> attributes) {
    for (KeyValue attribute : attributes) {
      String key = "span_" + attribute.getKey().replaceAll("[^A-Za-z0-9_]", "_");
      fields.put(key, text(attribute.getValue()));
    }
  }

  private static String text(AnyValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE -> value.getStringValue();
      case BOOL_VALUE -> String.valueOf(value.getBoolValue());
      case INT_VALUE -> String.valueOf(value.getIntValue());
      case DOUBLE_VALUE -> String.valueOf(value.getDoubleValue());
      case ARRAY_VALUE, KVLIST_VALUE, BYTES_VALUE -> TempoJson.write(value);
      case STRING_VALUE_STRINDEX, VALUE_NOT_SET -> "";
    };
  }
}
