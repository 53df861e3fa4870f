package io.vivace.distributor.receiver.zipkin;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// The fields of Zipkin's JSON, both versions (`zipkin-api.yaml`, `zipkin2-api.yaml`).
enum JsonField {
  TRACE_ID("traceId"),
  ID("id"),
  PARENT_ID("parentId"),
  KIND("kind"),
  NAME("name"),
  TIMESTAMP("timestamp"),
  DURATION("duration"),
  LOCAL_ENDPOINT("localEndpoint"),
  REMOTE_ENDPOINT("remoteEndpoint"),
  ENDPOINT("endpoint"),
  ANNOTATIONS("annotations"),
  BINARY_ANNOTATIONS("binaryAnnotations"),
  TAGS("tags"),
  KEY("key"),
  VALUE("value"),
  SERVICE_NAME("serviceName"),
  IPV4("ipv4"),
  IPV6("ipv6"),
  PORT("port"),
  /// Any other name.
  UNKNOWN("");

  private static final Map<String, JsonField> BY_NAME = new HashMap<>();

  static {
    for (JsonField field : values()) {
      BY_NAME.put(field.text, field);
      BY_NAME.put(field.text.toLowerCase(Locale.ROOT), field);
    }
  }

  private final String text;

  JsonField(String text) {
    this.text = text;
  }

  /// The field called `name`, upper and lower case alike.
  static JsonField of(String name) {
    JsonField field = BY_NAME.get(name);
    return field != null ? field : BY_NAME.getOrDefault(name.toLowerCase(Locale.ROOT), UNKNOWN);
  }
}
