package io.vivace.distributor.receiver.zipkin;

import io.vivace.wire.otlp.MalformedOtlpException;
import io.vivace.wire.otlp.OtlpWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// How OpenTelemetry's exporters put what Zipkin has no place for into one text: parts between `|`,
/// of which the last two are attributes in JSON and a count of dropped attributes.
///
/// @param parts the parts before these, whole
/// @param attributes the attributes, in order
/// @param dropped how many attributes were dropped, unsigned
record PipedText(String[] parts, Map<String, Object> attributes, int dropped) {

  /// Reads a text with `leading` parts before the attributes; a `|` inside the attributes is one of
  /// theirs.
  ///
  /// @throws MalformedOtlpException when attributes or count are none
  static PipedText parse(String text, int leading) throws MalformedOtlpException {
    String[] parts = text.split("\\|", -1);
    int last = text.lastIndexOf('|');
    int start = 0;
    for (int i = 0; i < leading; i++) {
      start += parts[i].length() + 1;
    }
    return new PipedText(parts, attributes(text.substring(start, last)), count(text, last + 1));
  }

  /// How many parts a text has.
  static int count(String text) {
    return 1 + (int) text.chars().filter(next -> next == '|').count();
  }

  /// Writes attributes and count into the open event or link.
  void write(OtlpWriter out, int attributesField, int droppedField) {
    attributes.forEach((key, value) -> {
      switch (value) {
        case String text -> out.attribute(attributesField, key, text);
        case Long number -> out.attribute(attributesField, key, number.longValue());
        case Double number -> out.attribute(attributesField, key, number.doubleValue());
        case Boolean truth -> out.attribute(attributesField, key, truth.booleanValue());
        default -> throw new IllegalStateException("attribute: " + value.getClass());
      }
    });
    if (dropped != 0) {
      out.varint(droppedField, Integer.toUnsignedLong(dropped));
    }
  }

  private static int count(String text, int from) throws MalformedOtlpException {
    try {
      return Integer.parseUnsignedInt(text, from, text.length(), 10);
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      throw malformed(text, "a count of dropped attributes at the end", e);
    }
  }

  private static Map<String, Object> attributes(String json) throws MalformedOtlpException {
    Map<String, Object> attributes = new LinkedHashMap<>();
    try (JsonParser parser = ZipkinJson.parser(json)) {
      JsonToken first = parser.nextToken();
      if (first != JsonToken.START_OBJECT && first != JsonToken.VALUE_NULL) {
        throw malformed(json, "a JSON object between the bars", null);
      }
      while (first == JsonToken.START_OBJECT && parser.nextToken() != JsonToken.END_OBJECT) {
        String key = parser.currentName();
        put(attributes, key, parser);
      }
      if (parser.nextToken() != null) {
        throw malformed(json, "one JSON object between the bars", null);
      }
      return attributes;
    } catch (JacksonException e) {
      throw malformed(json, "a JSON object between the bars", e);
    }
  }

  private static void put(Map<String, Object> attributes, String key, JsonParser parser) {
    switch (parser.nextToken()) {
      case VALUE_STRING -> attributes.put(key, parser.getString());
      case VALUE_TRUE -> attributes.put(key, true);
      case VALUE_FALSE -> attributes.put(key, false);
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
        double number = parser.getDoubleValue();
        boolean whole = number % 1 == 0 && Math.abs(number) < 0x1p63;
        attributes.put(key, whole ? (Object) (long) number : (Object) number);
      }
      case null, default -> parser.skipChildren();
    }
  }

  private static MalformedOtlpException malformed(
      String text, String expected, @Nullable Exception cause) {
    String shown = text.length() > 100 ? text.substring(0, 100) + "…" : text;
    MalformedOtlpException error =
        new MalformedOtlpException("text: " + shown + " (expected: " + expected + ")");
    if (cause != null) {
      error.initCause(cause);
    }
    return error;
  }
}
