package io.vivace.distributor.receiver.kafka;

import io.vivace.wire.otlp.MalformedOtlpException;
import io.vivace.wire.otlp.OtlpWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// Turns a Jaeger span in JSON into its protobuf encoding (jaeger-idl, `proto/api_v2/model.proto`,
/// in protobuf's JSON mapping): names in lowerCamelCase or snake_case, bytes in base64, times as
/// RFC 3339, durations as seconds with `s`, enums by name or number, 64-bit numbers as text or
/// number.
final class JaegerJson {
  private static final JsonFactory JSON = JsonFactory.builder().build();
  private static final int MAX_NUMBER = 40;

  /// What stands in a field.
  private enum Form {
    BYTES,
    STRING,
    VARINT,
    BOOL,
    DOUBLE,
    VALUE_TYPE,
    REFERENCE_TYPE,
    TIME,
    DURATION,
    SPAN_REFERENCE,
    LOG,
    PROCESS,
    TAG
  }

  private record Field(int number, Form form) {}

  private static final Map<String, Field> TAG =
      Map.of(
          "key", new Field(1, Form.STRING),
          "vtype", new Field(2, Form.VALUE_TYPE),
          "vstr", new Field(3, Form.STRING),
          "vbool", new Field(4, Form.BOOL),
          "vint64", new Field(5, Form.VARINT),
          "vfloat64", new Field(6, Form.DOUBLE),
          "vbinary", new Field(7, Form.BYTES));
  private static final Map<String, Field> LOG =
      Map.of("timestamp", new Field(1, Form.TIME), "fields", new Field(2, Form.TAG));
  private static final Map<String, Field> REFERENCE =
      Map.of(
          "traceid", new Field(1, Form.BYTES),
          "spanid", new Field(2, Form.BYTES),
          "reftype", new Field(3, Form.REFERENCE_TYPE));
  private static final Map<String, Field> PROCESS =
      Map.of("servicename", new Field(1, Form.STRING), "tags", new Field(2, Form.TAG));
  private static final Map<String, Field> SPAN =
      Map.ofEntries(
          Map.entry("traceid", new Field(1, Form.BYTES)),
          Map.entry("spanid", new Field(2, Form.BYTES)),
          Map.entry("operationname", new Field(3, Form.STRING)),
          Map.entry("references", new Field(4, Form.SPAN_REFERENCE)),
          Map.entry("flags", new Field(5, Form.VARINT)),
          Map.entry("starttime", new Field(6, Form.TIME)),
          Map.entry("duration", new Field(7, Form.DURATION)),
          Map.entry("tags", new Field(8, Form.TAG)),
          Map.entry("logs", new Field(9, Form.LOG)),
          Map.entry("process", new Field(10, Form.PROCESS)),
          Map.entry("processid", new Field(11, Form.STRING)),
          Map.entry("warnings", new Field(12, Form.STRING)));
  private static final Map<String, Integer> VALUE_TYPES =
      Map.of("STRING", 0, "BOOL", 1, "INT64", 2, "FLOAT64", 3, "BINARY", 4);
  private static final Map<String, Integer> REFERENCE_TYPES =
      Map.of("CHILD_OF", 0, "FOLLOWS_FROM", 1);

  private final JsonParser parser;
  private final OtlpWriter out = new OtlpWriter(1024);

  private JaegerJson(JsonParser parser) {
    this.parser = parser;
  }

  /// The protobuf bytes of a `jaeger.api_v2.Span`.
  ///
  /// @throws MalformedOtlpException when `json` is no such span
  static byte[] toProtobuf(byte[] json) throws MalformedOtlpException {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
      JaegerJson reader = new JaegerJson(parser);
      parser.nextToken();
      reader.object("span", SPAN);
      return reader.out.toByteArray();
    } catch (JacksonException e) {
      throw new MalformedOtlpException("json: " + e.getOriginalMessage() + " (expected: a span)");
    } catch (IOException e) {
      throw new UncheckedIOException("reading memory", e);
    }
  }

  private void object(String name, Map<String, Field> fields)
      throws IOException, MalformedOtlpException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw wrong(name, "an object");
    }
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      Field field = fields.get(normal(key));
      JsonToken token = parser.nextToken();
      if (token == null) {
        throw new MalformedOtlpException("json: end of input (expected: a value of " + key + ")");
      }
      if (field == null || token == JsonToken.VALUE_NULL) {
        parser.skipChildren();
      } else if (token == JsonToken.START_ARRAY) {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          value(key, field);
        }
      } else {
        value(key, field);
      }
    }
  }

  /// `spanId`, `span_id` and `spanID` are one name.
  private static String normal(@Nullable String key) {
    return key == null ? "" : key.replace("_", "").toLowerCase(Locale.ROOT);
  }

  private void value(String name, Field field) throws IOException, MalformedOtlpException {
    int number = field.number();
    switch (field.form()) {
      case BYTES -> {
        byte[] bytes = base64(name);
        out.bytes(number, bytes, 0, bytes.length);
      }
      case STRING -> out.string(number, text(name));
      case VARINT -> out.varint(number, integer(name));
      case BOOL -> out.varint(number, truth(name) ? 1 : 0);
      case DOUBLE -> out.fixed64(number, Double.doubleToRawLongBits(decimal(name).doubleValue()));
      case VALUE_TYPE -> out.varint(number, named(name, VALUE_TYPES));
      case REFERENCE_TYPE -> out.varint(number, named(name, REFERENCE_TYPES));
      case TIME -> time(name, number);
      case DURATION -> duration(name, number);
      case SPAN_REFERENCE -> message(name, number, REFERENCE);
      case LOG -> message(name, number, LOG);
      case PROCESS -> message(name, number, PROCESS);
      case TAG -> message(name, number, TAG);
    }
  }

  private void message(String name, int number, Map<String, Field> fields)
      throws IOException, MalformedOtlpException {
    int mark = out.begin(number);
    object(name, fields);
    out.end(mark);
  }

  private void time(String name, int number) throws MalformedOtlpException {
    String text = text(name);
    try {
      Instant time = Instant.parse(text);
      secondsAndNanos(number, time.getEpochSecond(), time.getNano());
    } catch (DateTimeException e) {
      throw because(wrong(name, "a time such as 2026-01-02T03:04:05.678Z"), e);
    }
  }

  private void duration(String name, int number) throws MalformedOtlpException {
    String text = text(name);
    if (!text.endsWith("s") || text.length() > MAX_NUMBER) {
      throw wrong(name, "a duration such as 1.5s");
    }
    try {
      BigDecimal seconds = new BigDecimal(text.substring(0, text.length() - 1));
      long nanos = seconds.movePointRight(9).longValueExact();
      secondsAndNanos(number, nanos / 1_000_000_000, (int) (nanos % 1_000_000_000));
    } catch (ArithmeticException | NumberFormatException e) {
      throw because(wrong(name, "a duration such as 1.5s"), e);
    }
  }

  private void secondsAndNanos(int number, long seconds, int nanos) {
    int mark = out.begin(number);
    out.varint(1, seconds);
    out.varint(2, nanos);
    out.end(mark);
  }

  private byte[] base64(String name) throws MalformedOtlpException {
    try {
      return Base64.getDecoder().decode(text(name));
    } catch (IllegalArgumentException e) {
      throw because(wrong(name, "base64"), e);
    }
  }

  private String text(String name) throws MalformedOtlpException {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw wrong(name, "a text");
    }
    return parser.getString();
  }

  private boolean truth(String name) throws MalformedOtlpException {
    return switch (parser.currentToken()) {
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> throw wrong(name, "true or false");
    };
  }

  private long named(String name, Map<String, Integer> names) throws MalformedOtlpException {
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      Integer value = names.get(parser.getString());
      if (value != null) {
        return value;
      }
    }
    return integer(name);
  }

  private long integer(String name) throws MalformedOtlpException {
    try {
      return decimal(name).longValueExact();
    } catch (ArithmeticException e) {
      throw because(wrong(name, "a whole number of 64 bits"), e);
    }
  }

  private BigDecimal decimal(String name) throws MalformedOtlpException {
    boolean scalar =
        switch (parser.currentToken()) {
          case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> true;
          default -> false;
        };
    String text = scalar ? parser.getString() : "";
    if (!scalar || text.length() > MAX_NUMBER) {
      throw wrong(name, "a number");
    }
    try {
      BigDecimal value = new BigDecimal(text);
      // the cost of a conversion grows with the exponent
      if (Math.abs((long) value.scale()) > 400) {
        throw wrong(name, "a number of 64 bits");
      }
      return value;
    } catch (NumberFormatException e) {
      throw because(wrong(name, "a number"), e);
    }
  }

  private MalformedOtlpException wrong(String name, String expected) {
    return new MalformedOtlpException(
        name + ": " + parser.currentToken() + " (expected: " + expected + ")");
  }

  private static MalformedOtlpException because(MalformedOtlpException error, Exception cause) {
    error.initCause(cause);
    return error;
  }
}
