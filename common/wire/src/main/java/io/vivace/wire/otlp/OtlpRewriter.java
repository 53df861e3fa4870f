package io.vivace.wire.otlp;

import static io.vivace.wire.otlp.Message.NESTED;
import static io.vivace.wire.otlp.Message.STRING;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The slow path: copies a validated request field by field and changes what the scanner cannot
/// take as it is. Every known string becomes UTF-8 (a bad byte becomes U+FFFD, which is what
/// readers of Tempo see too); a resource or scope given in parts becomes one; an attribute without
/// a value gets an empty one; entity references are dropped; attributes are cut.
final class OtlpRewriter {
  private static final Runnable NOTHING = () -> {};

  private final int maxAttributeBytes;
  private final Runnable onTruncation;

  private OtlpRewriter(int maxAttributeBytes, Runnable onTruncation) {
    this.maxAttributeBytes = maxAttributeBytes;
    this.onTruncation = onTruncation;
  }

  static byte[] clean(byte[] request) throws MalformedOtlpException {
    return new OtlpRewriter(Integer.MAX_VALUE, NOTHING).rewrite(request);
  }

  static byte[] truncate(byte[] request, int maxAttributeBytes, Runnable onTruncation)
      throws MalformedOtlpException {
    return new OtlpRewriter(maxAttributeBytes, onTruncation).rewrite(request);
  }

  private byte[] rewrite(byte[] request) throws MalformedOtlpException {
    try {
      return message(Message.REQUEST, new WireCursor(request, 0), request.length, false);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
  }

  private byte[] message(Message message, WireCursor cursor, int end, boolean attribute)
      throws IOException, MalformedOtlpException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(end - cursor.position + 16);
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    byte[] merged = new byte[0];
    boolean hasMerged = false;
    boolean hasValue = false;
    while (cursor.position < end) {
      int start = cursor.position;
      int tag = cursor.readTag(end);
      int field = tag >>> 3;
      hasValue |= field == 2;
      byte form = formOf(message, field);
      if (form >= NESTED && (tag & 7) == 2) {
        int bodyEnd = cursor.readEnd(end);
        Message inside = Message.inside(form);
        boolean topLevel =
            message.hasAttributesAt(field) || attribute && inside == Message.ANY_VALUE;
        byte[] body = message(inside, cursor, bodyEnd, topLevel);
        if (inside == Message.RESOURCE || inside == Message.SCOPE) {
          hasMerged = true;
          merged = concatenate(merged, body);
        } else {
          out.writeByteArray(field, body);
        }
      } else if (form == STRING && (tag & 7) == 2) {
        int bodyEnd = cursor.readEnd(end);
        out.writeByteArray(field, string(cursor, bodyEnd, attribute));
      } else if (message == Message.RESOURCE && field == Message.ENTITY_REFS_FIELD) {
        cursor.skipField(tag, end);
      } else {
        cursor.skipField(tag, end);
        out.writeRawBytes(cursor.bytes, start, cursor.position - start);
      }
    }
    if (hasMerged) {
      out.writeByteArray(1, merged);
    }
    if (message == Message.KEY_VALUE && !hasValue) {
      out.writeByteArray(2, new byte[0]);
    }
    out.flush();
    return bytes.toByteArray();
  }

  private static byte formOf(Message message, int field) {
    if (message == Message.RESOURCE_SPANS && field == Message.OLD_SCOPE_SPANS_FIELD) {
      return message.form(2);
    }
    return message.form(field);
  }

  private byte[] string(WireCursor cursor, int end, boolean attribute) {
    int start = cursor.position;
    cursor.position = end;
    int length = end - start;
    if (attribute && length > maxAttributeBytes) {
      onTruncation.run();
      length = maxAttributeBytes;
      // a character is not cut in two: what remains of it would have to become U+FFFD
      while (length > 0 && (cursor.bytes[start + length] & 0xc0) == 0x80) {
        length--;
      }
    }
    if (Utf8.isValid(cursor.bytes, start, start + length)) {
      return Arrays.copyOfRange(cursor.bytes, start, start + length);
    }
    return new String(cursor.bytes, start, length, StandardCharsets.UTF_8)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] concatenate(byte[] a, byte[] b) {
    byte[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }
}
