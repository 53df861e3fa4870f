package io.vivace.distributor.receiver.zipkin;

import io.vivace.wire.otlp.MalformedOtlpException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Reads Zipkin's JSON token by token; texts go into an arena.
///
/// Nulls are as if the field or the element were not there. Every method that reads a value stands
/// at it before and after.
final class JsonInput implements AutoCloseable {
  private final JsonParser parser;
  private final TextArena arena;

  JsonInput(byte[] json, TextArena arena) {
    this.parser = ZipkinJson.parser(json);
    this.arena = arena;
  }

  /// Reads one span, from the object that begins it to its end.
  interface SpanReader {
    void read() throws MalformedOtlpException;
  }

  /// Reads the body: a list of spans and nothing after it.
  void eachSpan(SpanReader reader) throws MalformedOtlpException {
    if (begin()) {
      while (nextObject("span")) {
        reader.read();
      }
    }
    if (parser.nextToken() != null) {
      throw wrong("body", "nothing after the list of spans");
    }
  }

  /// Goes to the list of spans.
  ///
  /// @return whether there is one: the body may be null
  private boolean begin() throws MalformedOtlpException {
    JsonToken token = parser.nextToken();
    if (token == null) {
      throw new MalformedOtlpException("unexpected end of JSON input (expected: a list of spans)");
    }
    if (token == JsonToken.VALUE_NULL) {
      return false;
    }
    array("body");
    return true;
  }

  void array(String what) throws MalformedOtlpException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw wrong(what, "a list");
    }
  }

  /// Goes to the next object of a list; false at its end.
  boolean nextObject(String what) throws MalformedOtlpException {
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() != JsonToken.VALUE_NULL) {
        object(what);
        return true;
      }
    }
    return false;
  }

  void object(String what) throws MalformedOtlpException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw wrong(what, "an object");
    }
  }

  /// Goes to the value of the next field of an object; null at its end.
  @Nullable JsonField nextField() {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      JsonField field = JsonField.of(parser.currentName());
      if (parser.nextToken() != JsonToken.VALUE_NULL) {
        return field;
      }
    }
    return null;
  }

  /// Goes to the next entry of a map and adds its key to the arena; -1 at the end. A null stays.
  long nextKey() {
    if (parser.nextToken() == JsonToken.END_OBJECT) {
      return -1;
    }
    long key = arena.add(parser.currentName());
    parser.nextToken();
    return key;
  }

  JsonToken token() {
    return parser.currentToken();
  }

  void skip() {
    parser.skipChildren();
  }

  /// Adds a text to the arena.
  long text(String what) throws MalformedOtlpException {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw wrong(what, "a text");
    }
    return arena.add(
        parser.getStringCharacters(), parser.getStringOffset(), parser.getStringLength());
  }

  /// A whole number from `min` to `max`.
  long number(String what, long min, long max) throws MalformedOtlpException {
    if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
      throw wrong(what, "a whole number");
    }
    long value = parser.getLongValue();
    if (value < min || value > max) {
      throw new MalformedOtlpException(
          what + ": " + value + " (expected: " + min + " to " + max + ")");
    }
    return value;
  }

  boolean isTrue() {
    return parser.currentToken() == JsonToken.VALUE_TRUE;
  }

  double real() {
    return parser.getDoubleValue();
  }

  MalformedOtlpException wrong(String what, String expected) {
    return new MalformedOtlpException(
        what
            + ": "
            + parser.currentToken()
            + " (expected: "
            + expected
            + ") at byte "
            + parser.currentTokenLocation().getByteOffset());
  }

  @Override
  public void close() {
    parser.close();
  }
}
