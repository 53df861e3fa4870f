package io.vivace.service.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.slf4j.event.KeyValuePair;

/// The fields of a log line, in order: level, ts, caller, msg, then the event's own.
final class EventFields {
  private EventFields() {}

  static Map<String, String> of(ILoggingEvent event) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("level", event.getLevel().toString().toLowerCase(Locale.ROOT));
    Instant time = event.getInstant();
    fields.put("ts", DateTimeFormatter.ISO_INSTANT.format(time));
    fields.put(
        "caller", event.getLoggerName().substring(event.getLoggerName().lastIndexOf('.') + 1));
    fields.put("msg", String.valueOf(event.getFormattedMessage()));
    if (event.getKeyValuePairs() != null) {
      for (KeyValuePair pair : event.getKeyValuePairs()) {
        fields.put(pair.key, String.valueOf(pair.value));
      }
    }
    fields.putAll(event.getMDCPropertyMap());
    IThrowableProxy thrown = event.getThrowableProxy();
    if (thrown != null) {
      fields.putIfAbsent("err", thrown.getClassName() + ": " + thrown.getMessage());
    }
    return fields;
  }
}
