package io.vivace.distributor.receiver.jaeger;

import io.vivace.wire.otlp.OtlpWriter;
import java.nio.charset.StandardCharsets;

/// Derives the status of a span from its tags, first rule that fits: `error` is true,
/// `otel.status_code` is there, `http.status_code` is a number. Tags that said nothing else are
/// removed.
final class SpanStatus {
  private static final int UNSET = 0;
  private static final int OK = 1;
  private static final int ERROR = 2;
  private static final int MAX_NUMBER_LENGTH = 20;

  private final Slice code = new Slice();
  private final Slice message = new Slice();

  /// Writes the status of a span of `kind` with `tags`, and takes it out of them.
  void write(TagTable tags, SpanKind kind, OtlpWriter span) {
    message.clear();
    int status = resolve(tags, kind);
    if (status == UNSET && message.isEmpty()) {
      return;
    }
    int mark = span.begin(OtlpFields.SPAN_STATUS);
    if (!message.isEmpty()) {
      span.bytes(OtlpFields.STATUS_MESSAGE, message.source, message.offset, message.length);
    }
    if (status != UNSET) {
      span.varint(OtlpFields.STATUS_CODE, status);
    }
    span.end(mark);
  }

  private int resolve(TagTable tags, SpanKind kind) {
    int error = tags.find(Texts.ERROR);
    int explicit = tags.find(Texts.STATUS_CODE);
    if (error != TagTable.NONE && tags.type(error) == TagType.BOOL && tags.number(error) != 0) {
      tags.remove(error);
      if (explicit != TagTable.NONE) {
        tags.remove(explicit);
      }
      if (!takeDescription(tags)) {
        tags.text(tags.find(Texts.HTTP_STATUS_MESSAGE), message);
      }
      return ERROR;
    }
    if (explicit != TagTable.NONE) {
      tags.text(explicit, code);
      tags.remove(explicit);
      takeDescription(tags);
      return named(code);
    }
    int http = tags.find(Texts.HTTP_STATUS_CODE);
    int status = http == TagTable.NONE ? UNSET : ofHttp(tags, http, kind);
    if (status != UNSET) {
      tags.text(tags.find(Texts.HTTP_STATUS_MESSAGE), message);
    }
    return status;
  }

  private boolean takeDescription(TagTable tags) {
    int description = tags.find(Texts.STATUS_DESCRIPTION);
    if (description == TagTable.NONE) {
      return false;
    }
    tags.text(description, message);
    tags.remove(description);
    return true;
  }

  private static int named(Slice name) {
    if (isIgnoringCase(name, "OK")) {
      return OK;
    }
    return isIgnoringCase(name, "ERROR") ? ERROR : UNSET;
  }

  private static boolean isIgnoringCase(Slice text, String upperCase) {
    if (text.length != upperCase.length()) {
      return false;
    }
    for (int i = 0; i < text.length; i++) {
      if (Character.toUpperCase((char) text.source[text.offset + i]) != upperCase.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private int ofHttp(TagTable tags, int slot, SpanKind kind) {
    if (tags.type(slot) == TagType.INT64) {
      return ofHttp(tags.number(slot), kind);
    }
    tags.text(slot, code);
    if (code.isEmpty() || code.length > MAX_NUMBER_LENGTH) {
      return UNSET;
    }
    try {
      String text = new String(code.source, code.offset, code.length, StandardCharsets.ISO_8859_1);
      return ofHttp(Long.parseLong(text), kind);
    } catch (NumberFormatException _) {
      return UNSET;
    }
  }

  private static int ofHttp(long httpStatus, SpanKind kind) {
    if (httpStatus >= 400 && httpStatus < 500 && kind == SpanKind.SERVER) {
      return UNSET;
    }
    return httpStatus >= 100 && httpStatus < 399 ? UNSET : ERROR;
  }
}
