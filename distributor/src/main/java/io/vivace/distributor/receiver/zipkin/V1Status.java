package io.vivace.distributor.receiver.zipkin;

import io.vivace.wire.otlp.OtlpWriter;
import java.util.List;

/// The status of a v1 span, which up to four tags tell: the OpenCensus code, the OpenTelemetry
/// code, `error`, the HTTP code, in this order.
final class V1Status {
  private static final Names NAMES =
      new Names(
          List.of(
              "census.status_code",
              "census.status_description",
              "opencensus.status_description",
              "otel.status_code",
              "otel.status_description",
              "error",
              "http.status_code",
              "http.status_message"));
  private static final int ABSENT = Integer.MIN_VALUE;
  private static final int OK = 1;
  private static final int ERROR = 2;
  private static final int MESSAGE_FIELD = 2;
  private static final int CODE_FIELD = 3;

  private final TextArena arena;
  private int census;
  private int otel;
  private int error;
  private int http;
  private long censusMessage;
  private long otelMessage;
  private long httpMessage;

  V1Status(TextArena arena) {
    this.arena = arena;
  }

  void clear() {
    census = ABSENT;
    otel = ABSENT;
    error = ABSENT;
    http = ABSENT;
    censusMessage = TextArena.NONE;
    otelMessage = TextArena.NONE;
    httpMessage = TextArena.NONE;
  }

  /// Looks at a tag.
  ///
  /// @return whether it is the status alone, and no attribute
  boolean take(TagList tags, int index) {
    switch (NAMES.find(arena, tags.key(index))) {
      case 0 -> {
        int code = number(tags, index);
        census = code == ABSENT ? census : code == 0 ? OK : ERROR;
      }
      case 1, 2 -> censusMessage = text(tags, index);
      case 3 -> {
        int code = number(tags, index);
        otel = code == ABSENT ? otel : code;
      }
      case 4 -> otelMessage = text(tags, index);
      case 5 -> error = ERROR;
      case 6 -> {
        int code = number(tags, index);
        http = code == ABSENT ? http : code >= 100 && code < 400 ? 0 : ERROR;
        return false;
      }
      case 7 -> {
        httpMessage = text(tags, index);
        return false;
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  /// Writes the status into the open span.
  void write(OtlpWriter out, int field) {
    int mark = out.begin(field);
    if (census != ABSENT) {
      content(out, census, censusMessage);
    } else if (otel != ABSENT) {
      content(out, otel, otelMessage);
    } else if (error != ABSENT) {
      content(out, error, TextArena.length(censusMessage) > 0 ? censusMessage : otelMessage);
    } else if (http != ABSENT) {
      content(out, http, httpMessage);
    }
    out.end(mark);
  }

  private void content(OtlpWriter out, int code, long message) {
    if (TextArena.length(message) > 0) {
      out.bytes(MESSAGE_FIELD, arena.bytes(), TextArena.start(message), TextArena.length(message));
    }
    if (code != 0) {
      out.varint(CODE_FIELD, code);
    }
  }

  private static long text(TagList tags, int index) {
    return tags.type(index) == TagList.STRING ? tags.value(index) : TextArena.NONE;
  }

  private int number(TagList tags, int index) {
    long value = tags.value(index);
    if (tags.type(index) == TagList.INT) {
      return (int) value;
    }
    if (tags.type(index) != TagList.STRING || TextArena.length(value) > 11) {
      return ABSENT;
    }
    try {
      return Integer.parseInt(arena.string(value));
    } catch (NumberFormatException e) {
      // a text that is no number tells no status
      return ABSENT;
    }
  }
}
