package io.vivace.search;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.vivace.wire.TraceId;
import io.vivace.wire.tempopb.SearchResponse;
import io.vivace.wire.tempopb.ServiceStats;
import io.vivace.wire.tempopb.SpanSet;
import io.vivace.wire.tempopb.TraceSearchMetadata;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/// Search answers, recorded and ours, in one comparable form: lines of text, sorted where order is
/// free.
final class Answers {
  private Answers() {}

  /// What a recorded answer with all parts holds, attributes of spans apart.
  static Map<String, String> of(JsonNode expect, boolean full, boolean stats) {
    Map<String, String> result = new TreeMap<>();
    for (JsonNode trace : expect.path("traces")) {
      StringBuilder text = new StringBuilder();
      if (full) {
        text.append(trace.path("rootServiceName").asString("")).append('/');
        text.append(trace.path("rootTraceName").asString("")).append('/');
        text.append(trace.path("startTimeUnixNano").asString("0")).append('/');
        text.append(trace.path("durationMs").asLong(0)).append('\n');
      }
      if (full && stats) {
        Map<String, String> services = new TreeMap<>();
        trace
            .path("serviceStats")
            .properties()
            .forEach(entry ->
                services.put(
                    entry.getKey(),
                    entry.getValue().path("spanCount").asInt(0)
                        + ":"
                        + entry.getValue().path("errorCount").asInt(0)));
        text.append(services).append('\n');
      }
      List<String> sets = new ArrayList<>();
      for (JsonNode set : trace.path("spanSets")) {
        List<String> spans = new ArrayList<>();
        for (JsonNode span : set.path("spans")) {
          String line =
              span.path("spanID").asString() + "@" + span.path("startTimeUnixNano").asString("0");
          if (full) {
            line += "+" + span.path("durationNanos").asString("0") + span.path("name").asString("");
          }
          spans.add(line);
        }
        Collections.sort(spans);
        sets.add(attributes(set, true) + " " + set.path("matched").asInt(0) + " " + spans);
      }
      Collections.sort(sets);
      result.put(padded(trace.path("traceID").asString()), text + String.join("\n", sets));
    }
    return result;
  }

  static Map<String, String> of(SearchResponse response, boolean full, boolean stats) {
    Map<String, String> result = new TreeMap<>();
    for (TraceSearchMetadata trace : response.getTracesList()) {
      StringBuilder text = new StringBuilder();
      if (full) {
        text.append(trace.getRootServiceName()).append('/');
        text.append(trace.getRootTraceName()).append('/');
        text.append(trace.getStartTimeUnixNano()).append('/');
        text.append(Integer.toUnsignedLong(trace.getDurationMs())).append('\n');
      }
      if (full && stats) {
        Map<String, String> services = new TreeMap<>();
        trace.getServiceStatsMap().forEach((name, value) -> services.put(name, statsOf(value)));
        text.append(services).append('\n');
      }
      List<String> sets = new ArrayList<>();
      for (SpanSet set : trace.getSpanSetsList()) {
        List<String> spans = new ArrayList<>();
        set.getSpansList()
            .forEach(span ->
                spans.add(
                    span.getSpanID()
                        + "@"
                        + Long.toUnsignedString(span.getStartTimeUnixNano())
                        + (full
                            ? "+" + Long.toUnsignedString(span.getDurationNanos()) + span.getName()
                            : "")));
        Collections.sort(spans);
        List<String> attributes = new ArrayList<>();
        set.getAttributesList().forEach(attribute -> attributes.add(print(attribute)));
        sets.add(attributes + " " + set.getMatched() + " " + spans);
      }
      Collections.sort(sets);
      result.put(padded(trace.getTraceID()), text + String.join("\n", sets));
    }
    return result;
  }

  private static String statsOf(ServiceStats stats) {
    return stats.getSpanCount() + ":" + stats.getErrorCount();
  }

  /// Attributes of all spans, by trace and span.
  static Map<String, List<String>> spanAttributes(JsonNode expect) {
    Map<String, List<String>> result = new TreeMap<>();
    for (JsonNode trace : expect.path("traces")) {
      for (JsonNode set : trace.path("spanSets")) {
        for (JsonNode span : set.path("spans")) {
          result.put(
              padded(trace.path("traceID").asString())
                  + span.path("spanID").asString()
                  + span.path("startTimeUnixNano").asString("0"),
              attributes(span, false));
        }
      }
    }
    return result;
  }

  static Map<String, List<String>> spanAttributes(SearchResponse response) {
    Map<String, List<String>> result = new TreeMap<>();
    for (TraceSearchMetadata trace : response.getTracesList()) {
      for (SpanSet set : trace.getSpanSetsList()) {
        set.getSpansList()
            .forEach(span -> {
              List<String> attributes = new ArrayList<>();
              span.getAttributesList().forEach(attribute -> attributes.add(print(attribute)));
              Collections.sort(attributes);
              result.put(
                  padded(trace.getTraceID())
                      + span.getSpanID()
                      + Long.toUnsignedString(span.getStartTimeUnixNano()),
                  attributes);
            });
      }
    }
    return result;
  }

  private static List<String> attributes(JsonNode node, boolean ordered) {
    List<String> attributes = new ArrayList<>();
    for (JsonNode attribute : node.path("attributes")) {
      attributes.add(attribute.path("key").asString() + "=" + print(attribute.path("value")));
    }
    if (!ordered) {
      Collections.sort(attributes);
    }
    return attributes;
  }

  private static String print(JsonNode value) {
    if (value.has("stringValue")) {
      return "s" + value.path("stringValue").asString();
    }
    if (value.has("intValue")) {
      return "i" + value.path("intValue").asString();
    }
    if (value.has("doubleValue")) {
      JsonNode number = value.path("doubleValue");
      return "d"
          + rounded(number.isNumber() ? number.asDouble() : Double.parseDouble(number.asString()));
    }
    if (value.has("boolValue")) {
      return "b" + value.path("boolValue").asBoolean();
    }
    List<String> elements = new ArrayList<>();
    value.path("arrayValue").path("values").forEach(element -> elements.add(print(element)));
    return elements.toString();
  }

  private static String print(KeyValue attribute) {
    return attribute.getKey() + "=" + print(attribute.getValue());
  }

  private static String print(AnyValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE -> "s" + value.getStringValue();
      case INT_VALUE -> "i" + value.getIntValue();
      case DOUBLE_VALUE -> "d" + rounded(value.getDoubleValue());
      case BOOL_VALUE -> "b" + value.getBoolValue();
      default -> value.getArrayValue().getValuesList().stream().map(Answers::print).toList() + "";
    };
  }

  private static String rounded(double number) {
    return String.format(Locale.ROOT, "%.8e", number + 0.0);
  }

  private static String padded(String id) {
    return TraceId.ofHex(id).toString();
  }

  /// Counts and hash of an answer (README of the golden data, §3).
  static String digest(SearchResponse response) {
    List<String> lines = new ArrayList<>();
    int spans = 0;
    for (TraceSearchMetadata trace : response.getTracesList()) {
      for (SpanSet set : trace.getSpanSetsList()) {
        String ids =
            String.join(",", set.getSpansList().stream().map(s -> s.getSpanID()).sorted().toList());
        lines.add(padded(trace.getTraceID()) + " " + set.getMatched() + " " + ids + "\n");
        spans += set.getSpansCount();
      }
    }
    Collections.sort(lines);
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(String.join("", lines).getBytes(StandardCharsets.UTF_8));
      return response.getTracesCount()
          + "/"
          + lines.size()
          + "/"
          + spans
          + "/"
          + HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static String digest(JsonNode digest) {
    return digest.path("traces").asInt()
        + "/"
        + digest.path("spanSets").asInt()
        + "/"
        + digest.path("spans").asInt()
        + "/"
        + digest.path("sha256").asString();
  }
}
