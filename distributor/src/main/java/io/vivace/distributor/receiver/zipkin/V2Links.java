package io.vivace.distributor.receiver.zipkin;

import io.vivace.wire.otlp.MalformedOtlpException;
import io.vivace.wire.otlp.OtlpWriter;
import java.util.HexFormat;

/// The links of a v2 span, which are tags: `otlp.link.0`, `otlp.link.1` and so on, each `trace
/// id|span id|trace state|attributes|dropped attributes`.
final class V2Links {
  private static final int MAX_LINKS = 128;
  private static final int PARTS = 5;

  private final V2Span span;
  private final V2Tags roles;
  private final boolean lossless;

  V2Links(V2Span span, V2Tags roles, boolean lossless) {
    this.span = span;
    this.roles = roles;
    this.lossless = lossless;
  }

  /// Writes the links into the open span, up to the first number that is missing.
  void write(OtlpWriter out) throws MalformedOtlpException {
    TextArena arena = span.arena;
    for (int i = 0; i < MAX_LINKS; i++) {
      int index = span.tags.find(arena.add(i == 0 ? "otlp.link.0" : "otlp.link." + i));
      if (index < 0) {
        return;
      }
      String text = arena.string(span.tags.value(index));
      if (PipedText.count(text) >= PARTS) {
        link(out, index, text);
      } else if (!lossless) {
        roles.takeAt(index);
      }
    }
  }

  private void link(OtlpWriter out, int index, String text) throws MalformedOtlpException {
    int start = out.position();
    try {
      PipedText parsed = PipedText.parse(text, 3);
      int mark = out.begin(OtlpSpan.LINKS);
      id(out, 1, parsed.parts()[0], 16);
      id(out, 2, parsed.parts()[1], 8);
      if (!parsed.parts()[2].isEmpty()) {
        out.string(3, parsed.parts()[2]);
      }
      parsed.write(out, 4, 5);
      out.end(mark);
      roles.takeAt(index);
    } catch (MalformedOtlpException e) {
      if (!lossless) {
        throw e;
      }
      // the tag stays an attribute
      out.truncate(start);
    }
  }

  private static void id(OtlpWriter out, int field, String hex, int length)
      throws MalformedOtlpException {
    if (hex.isEmpty()) {
      return;
    }
    try {
      byte[] bytes = HexFormat.of().parseHex(hex);
      if (bytes.length == length) {
        out.bytes(field, bytes, 0, length);
        return;
      }
    } catch (IllegalArgumentException e) {
      throw (MalformedOtlpException) malformed(hex, length).initCause(e);
    }
    throw malformed(hex, length);
  }

  private static MalformedOtlpException malformed(String hex, int length) {
    return new MalformedOtlpException(
        "link: id " + hex + " (expected: " + 2 * length + " hex digits)");
  }
}
