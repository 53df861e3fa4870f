package io.vivace.wire.otlp;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/// Turns OTLP/JSON into the protobuf encoding of the same request, in one pass.
///
/// Rules of OTLP/JSON: ids in hex, field names in lowerCamelCase or snake_case, numbers as numbers
/// or as text, enums as numbers or by name, bytes in base64; unknown fields and nulls are skipped,
/// bytes after the object are ignored.
public final class OtlpJson {
  /// How deep objects and arrays may be nested: every value inside a value takes three levels.
  private static final int MAX_JSON_DEPTH = 3 * OtlpScanner.MAX_DEPTH + 20;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_JSON_DEPTH)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .build();
  private static final BigInteger MAX_UNSIGNED =
      BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);
  private static final BigInteger MIN_SIGNED = BigInteger.valueOf(Long.MIN_VALUE);
  private static final Map<String, Integer> KINDS =
      Map.of(
          "SPAN_KIND_UNSPECIFIED", 0,
          "SPAN_KIND_INTERNAL", 1,
          "SPAN_KIND_SERVER", 2,
          "SPAN_KIND_CLIENT", 3,
          "SPAN_KIND_PRODUCER", 4,
          "SPAN_KIND_CONSUMER", 5);
  private static final Map<String, Integer> CODES =
      Map.of("STATUS_CODE_UNSET", 0, "STATUS_CODE_OK", 1, "STATUS_CODE_ERROR", 2);

  private OtlpJson() {}

  /// The protobuf bytes of the request in `json`.
  ///
  /// @throws MalformedOtlpException when `json` is no OTLP/JSON export request
  public static byte[] toProtobuf(byte[] json) throws MalformedOtlpException {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new MalformedOtlpException("request: " + parser.currentToken() + " (expected: {)");
      }
      return object(parser, Message.REQUEST);
    } catch (JacksonException e) {
      throw new MalformedOtlpException(
          "json: " + e.getOriginalMessage() + " (expected: OTLP/JSON)");
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
  }

  private static byte[] object(JsonParser parser, Message message)
      throws IOException, MalformedOtlpException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      int field = OtlpFieldNames.number(message, name);
      JsonToken token = parser.nextToken();
      if (token == null) {
        throw new MalformedOtlpException("json: end of input (expected: a value of " + name + ")");
      }
      if (field == 0 || token == JsonToken.VALUE_NULL) {
        parser.skipChildren();
      } else if (token == JsonToken.START_ARRAY && OtlpFieldNames.isRepeated(message, field)) {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          if (parser.currentToken() != JsonToken.VALUE_NULL) {
            value(parser, message, field, name, out);
          }
        }
      } else {
        value(parser, message, field, name, out);
      }
    }
    out.flush();
    return bytes.toByteArray();
  }

  private static void value(
      JsonParser parser, Message message, int field, String name, CodedOutputStream out)
      throws IOException, MalformedOtlpException {
    byte form = message.form(field);
    switch (form) {
      case Message.VARINT -> out.writeUInt64(field, varint(parser, message, field, name));
      case Message.FIXED64 -> {
        if (message == Message.ANY_VALUE) {
          out.writeDouble(field, number(parser, name));
        } else {
          out.writeFixed64(field, integer(parser, name));
        }
      }
      case Message.FIXED32 -> out.writeFixed32(field, (int) integer(parser, name));
      case Message.STRING -> out.writeString(field, text(parser, name));
      case Message.BYTES -> out.writeByteArray(field, base64(parser, name));
      case Message.TRACE_ID, Message.SPAN_ID -> out.writeByteArray(field, hex(parser, name));
      default -> {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
          throw wrong(parser, name, "an object");
        }
        out.writeByteArray(field, object(parser, Message.inside(form)));
      }
    }
  }

  private static long varint(JsonParser parser, Message message, int field, String name)
      throws MalformedOtlpException {
    if (message == Message.ANY_VALUE && field == 2) {
      return switch (parser.currentToken()) {
        case VALUE_TRUE -> 1;
        case VALUE_FALSE -> 0;
        default -> throw wrong(parser, name, "true or false");
      };
    }
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      Map<String, Integer> names =
          message == Message.SPAN && field == 6
              ? KINDS
              : message == Message.STATUS ? CODES : Map.of();
      @Nullable Integer value = names.get(parser.getString());
      if (value != null) {
        return value;
      }
    }
    return integer(parser, name);
  }

  private static long integer(JsonParser parser, String name) throws MalformedOtlpException {
    String text = scalar(parser, name, "a number");
    try {
      BigInteger value = new BigDecimal(shortEnough(text, name)).toBigIntegerExact();
      if (value.compareTo(MAX_UNSIGNED) <= 0 && value.compareTo(MIN_SIGNED) >= 0) {
        return value.longValue();
      }
    } catch (NumberFormatException | ArithmeticException e) {
      throw (MalformedOtlpException) wrong(parser, name, "a whole number").initCause(e);
    }
    throw wrong(parser, name, "a number of 64 bits");
  }

  /// Guards the conversion, whose cost grows with the length and the exponent.
  private static String shortEnough(String text, String name) throws MalformedOtlpException {
    String lower = text.toLowerCase(Locale.ROOT);
    int exponent = lower.indexOf('e');
    if (text.length() > 64 || exponent >= 0 && text.length() - exponent > 4) {
      throw new MalformedOtlpException(
          name + ": number of " + text.length() + " characters (expected: 64 bits)");
    }
    return text;
  }

  private static double number(JsonParser parser, String name) throws MalformedOtlpException {
    String text = scalar(parser, name, "a number");
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw (MalformedOtlpException) wrong(parser, name, "a number").initCause(e);
    }
  }

  private static String text(JsonParser parser, String name) throws MalformedOtlpException {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw wrong(parser, name, "a text");
    }
    return parser.getString();
  }

  private static byte[] hex(JsonParser parser, String name) throws MalformedOtlpException {
    try {
      return HexFormat.of().parseHex(text(parser, name));
    } catch (IllegalArgumentException e) {
      throw (MalformedOtlpException) wrong(parser, name, "hex digits").initCause(e);
    }
  }

  private static byte[] base64(JsonParser parser, String name) throws MalformedOtlpException {
    try {
      return Base64.getDecoder().decode(text(parser, name));
    } catch (IllegalArgumentException e) {
      throw (MalformedOtlpException) wrong(parser, name, "base64").initCause(e);
    }
  }

  private static String scalar(JsonParser parser, String name, String expected)
      throws MalformedOtlpException {
    return switch (parser.currentToken()) {
      case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getString();
      default -> throw wrong(parser, name, expected);
    };
  }

  private static MalformedOtlpException wrong(JsonParser parser, String name, String expected) {
    return new MalformedOtlpException(
        name
            + ": "
            + parser.currentToken()
            + " (expected: "
            + expected
            + ") at byte "
            + parser.currentTokenLocation().getByteOffset());
  }
}
