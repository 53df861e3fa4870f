package io.vivace.wire.otlp;

import static io.vivace.wire.otlp.Message.BYTES;
import static io.vivace.wire.otlp.Message.FIXED32;
import static io.vivace.wire.otlp.Message.FIXED64;
import static io.vivace.wire.otlp.Message.OLD_SCOPE_SPANS_FIELD;
import static io.vivace.wire.otlp.Message.SPAN_ID;
import static io.vivace.wire.otlp.Message.STRING;
import static io.vivace.wire.otlp.Message.TRACE_ID;
import static io.vivace.wire.otlp.Message.UNKNOWN;
import static io.vivace.wire.otlp.Message.VARINT;
import static io.vivace.wire.otlp.Message.wireType;

import org.jspecify.annotations.Nullable;

/// Validates an export request and indexes its spans in one pass over the bytes.
///
/// Refused is what the collector's decoder refuses (opentelemetry-proto and the rules of
/// `docs/reference/ingest.md`): wrong wire types of known fields, lengths past the end, ids of odd
/// lengths, unbalanced groups; and values nested deeper than [#MAX_DEPTH]. Strings that are not
/// UTF-8, repeated singular messages, attributes without a value and entity references, which no
/// block can hold, are accepted: [OtlpRewriter] turns them into a clean request first.
public final class OtlpScanner {
  /// How deep values may be nested in values.
  public static final int MAX_DEPTH = 100;

  /// With how many scopes before it a scope is compared: bounds the work, not the result.
  private static final int MAX_COMPARED = 8;

  private final WireCursor cursor;
  private final OtlpBatch batch;
  private boolean dirty;

  private OtlpScanner(byte[] bytes) {
    this.cursor = new WireCursor(bytes, 0);
    this.batch = new OtlpBatch(bytes);
  }

  /// The index of the request in `bytes`, which must not change afterwards.
  ///
  /// @throws MalformedOtlpException when the bytes are no export request
  public static OtlpBatch scan(byte[] bytes) throws MalformedOtlpException {
    OtlpScanner scanner = new OtlpScanner(bytes);
    OtlpBatch batch = scanner.request();
    return scanner.dirty ? scan(OtlpRewriter.clean(bytes)) : batch;
  }

  /// `batch` with keys and string values of attributes cut to `maxAttributeBytes`; its size stays
  /// that of what was received.
  ///
  /// @param maxAttributeBytes the longest key or value that is kept whole, 0 or less for no limit
  /// @param onTruncation runs once for every key or value that was cut
  public static OtlpBatch truncate(OtlpBatch batch, int maxAttributeBytes, Runnable onTruncation)
      throws MalformedOtlpException {
    if (maxAttributeBytes <= 0 || batch.longestAttribute() <= maxAttributeBytes) {
      return batch;
    }
    OtlpBatch truncated =
        scan(OtlpRewriter.truncate(batch.bytes(), maxAttributeBytes, onTruncation));
    truncated.size = batch.size;
    return truncated;
  }

  private OtlpBatch request() throws MalformedOtlpException {
    int end = cursor.bytes.length;
    batch.size = end;
    while (cursor.position < end) {
      int tag = cursor.readTag(end);
      if (tag >>> 3 != 1) {
        cursor.skipField(tag, end);
        continue;
      }
      expectLengthDelimited(tag);
      resourceSpans(cursor.readEnd(end));
    }
    return batch;
  }

  private void resourceSpans(int end) throws MalformedOtlpException {
    OtlpBatch.Sections resources = batch.resources;
    int start = cursor.position;
    int resource = resources.add(-1, end - start);
    boolean hasScopeSpans = false;
    boolean hasOldScopeSpans = false;
    while (cursor.position < end) {
      int tag = cursor.readTag(end);
      switch (tag >>> 3) {
        case 1 -> {
          expectLengthDelimited(tag);
          dirty |= resources.length[resource] >= 0;
          int bodyEnd = cursor.readEnd(end);
          resources.offset[resource] = cursor.position;
          resources.length[resource] = bodyEnd - cursor.position;
          validate(Message.RESOURCE, bodyEnd, 0);
        }
        case 2 -> {
          expectLengthDelimited(tag);
          hasScopeSpans = true;
          scopeSpans(resource, cursor.readEnd(end));
        }
        case 3 -> {
          expectLengthDelimited(tag);
          int bodyEnd = cursor.readEnd(end);
          resources.schemaOffset[resource] = cursor.position;
          resources.schemaLength[resource] = bodyEnd - cursor.position;
          string(bodyEnd);
        }
        case OLD_SCOPE_SPANS_FIELD -> {
          expectLengthDelimited(tag);
          hasOldScopeSpans = true;
          validate(Message.SCOPE_SPANS, cursor.readEnd(end), 0);
        }
        default -> cursor.skipField(tag, end);
      }
    }
    if (resources.length[resource] < 0) {
      batch.size += 2;
    }
    if (hasOldScopeSpans && !hasScopeSpans) {
      oldScopeSpans(resource, start, end);
    }
  }

  private void oldScopeSpans(int resource, int start, int end) throws MalformedOtlpException {
    cursor.position = start;
    while (cursor.position < end) {
      int tag = cursor.readTag(end);
      if (tag >>> 3 == OLD_SCOPE_SPANS_FIELD) {
        scopeSpans(resource, cursor.readEnd(end));
      } else {
        cursor.skipField(tag, end);
      }
    }
  }

  private void scopeSpans(int resource, int end) throws MalformedOtlpException {
    OtlpBatch.Sections scopes = batch.scopes;
    int scope = scopes.add(resource, end - cursor.position);
    int firstSpan = batch.spanCount;
    while (cursor.position < end) {
      int tag = cursor.readTag(end);
      switch (tag >>> 3) {
        case 1 -> {
          expectLengthDelimited(tag);
          dirty |= scopes.length[scope] >= 0;
          int bodyEnd = cursor.readEnd(end);
          scopes.offset[scope] = cursor.position;
          scopes.length[scope] = bodyEnd - cursor.position;
          validate(Message.SCOPE, bodyEnd, 0);
        }
        case 2 -> {
          expectLengthDelimited(tag);
          span(scope, cursor.readEnd(end));
        }
        case 3 -> {
          expectLengthDelimited(tag);
          int bodyEnd = cursor.readEnd(end);
          scopes.schemaOffset[scope] = cursor.position;
          scopes.schemaLength[scope] = bodyEnd - cursor.position;
          string(bodyEnd);
        }
        default -> cursor.skipField(tag, end);
      }
    }
    if (scopes.length[scope] < 0) {
      batch.size += 2;
    }
    shareEqualScope(scope, firstSpan);
  }

  private void shareEqualScope(int scope, int firstSpan) {
    for (int other = Math.max(0, scope - MAX_COMPARED); other < scope; other++) {
      if (batch.scopes.equal(other, scope, cursor.bytes)) {
        for (int i = firstSpan; i < batch.spanCount; i++) {
          batch.spanScope[i] = other;
        }
        return;
      }
    }
  }

  private void span(int scope, int end) throws MalformedOtlpException {
    int number = batch.addSpan(cursor.position, end - cursor.position, scope);
    long high = 0;
    long low = 0;
    long id = 0;
    long startNanos = 0;
    long endNanos = 0;
    int present = 0;
    while (cursor.position < end) {
      int tag = cursor.readTag(end);
      int field = tag >>> 3;
      byte form = Message.SPAN.form(field);
      int valueStart = cursor.position;
      field(Message.SPAN, tag, form, end, 0);
      if (form == UNKNOWN) {
        continue;
      }
      present |= 1 << field;
      switch (field) {
        case 1 -> {
          boolean empty = cursor.position - valueStart < 16;
          high = empty ? 0 : cursor.bigEndianLong(cursor.position - 16);
          low = empty ? 0 : cursor.bigEndianLong(cursor.position - 8);
        }
        case 2 ->
            id = cursor.position - valueStart < 8 ? 0 : cursor.bigEndianLong(cursor.position - 8);
        case 7 -> startNanos = littleEndianBefore();
        case 8 -> endNanos = littleEndianBefore();
        default -> {}
      }
    }
    batch.idHigh[number] = high;
    batch.idLow[number] = low;
    batch.start[number] = startNanos;
    batch.end[number] = endNanos;
    // trace id, span id, parent id and status are always written by the canonical encoding
    int alwaysWritten = 1 << 1 | 1 << 2 | 1 << 4 | 1 << 15;
    batch.size += 2L * Integer.bitCount(alwaysWritten & ~present);
    if (batch.invalidId == null) {
      batch.invalidId = invalidId(high, low, id);
    }
  }

  private long littleEndianBefore() {
    return Long.reverseBytes(cursor.bigEndianLong(cursor.position - 8));
  }

  private static @Nullable InvalidId invalidId(long high, long low, long id) {
    if ((high | low) == 0) {
      return InvalidId.TRACE_ID;
    }
    return id == 0 ? InvalidId.SPAN_ID : null;
  }

  private void validate(Message message, int end, int depth) throws MalformedOtlpException {
    boolean hasValue = message != Message.KEY_VALUE;
    while (cursor.position < end) {
      int tag = cursor.readTag(end);
      hasValue |= tag >>> 3 == 2;
      field(message, tag, message.form(tag >>> 3), end, depth);
    }
    if (!hasValue) {
      batch.size += 2;
      dirty = true;
    }
  }

  private void field(Message message, int tag, byte form, int end, int depth)
      throws MalformedOtlpException {
    if (form == UNKNOWN) {
      dirty |= message == Message.RESOURCE && tag >>> 3 == Message.ENTITY_REFS_FIELD;
      cursor.skipField(tag, end);
      return;
    }
    if ((tag & 7) != wireType(form)) {
      throw WireCursor.malformed(
          "wire type of " + message + " field " + (tag >>> 3),
          tag & 7,
          String.valueOf(wireType(form)),
          cursor.position);
    }
    switch (form) {
      case VARINT -> cursor.readVarint(end);
      case FIXED64 -> cursor.skip(8, end);
      case FIXED32 -> cursor.skip(4, end);
      case STRING -> string(cursor.readEnd(end));
      case BYTES -> cursor.position = cursor.readEnd(end);
      case TRACE_ID -> identifier("trace id", 16, end);
      case SPAN_ID -> identifier("span id", 8, end);
      default -> nested(message, tag >>> 3, form, end, depth);
    }
  }

  private void nested(Message message, int field, byte form, int end, int depth)
      throws MalformedOtlpException {
    if (depth >= MAX_DEPTH) {
      throw WireCursor.malformed(
          "depth of nested values", depth + 1, "at most " + MAX_DEPTH, cursor.position);
    }
    int bodyEnd = cursor.readEnd(end);
    if (message.hasAttributesAt(field)) {
      batch.longestAttribute = Math.max(batch.longestAttribute, bodyEnd - cursor.position);
    }
    validate(Message.inside(form), bodyEnd, depth + 1);
  }

  private void identifier(String what, int length, int end) throws MalformedOtlpException {
    int start = cursor.position;
    int bodyEnd = cursor.readEnd(end);
    int actual = bodyEnd - cursor.position;
    if (actual != 0 && actual != length) {
      throw WireCursor.malformed(what + " length", actual, "0 or " + length + " bytes", start);
    }
    cursor.position = bodyEnd;
  }

  private void string(int end) {
    dirty |= !Utf8.isValid(cursor.bytes, cursor.position, end);
    cursor.position = end;
  }

  private void expectLengthDelimited(int tag) throws MalformedOtlpException {
    if ((tag & 7) != 2) {
      throw WireCursor.malformed(
          "wire type of field " + (tag >>> 3), tag & 7, "2", cursor.position);
    }
  }
}
