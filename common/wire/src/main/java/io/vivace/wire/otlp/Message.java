package io.vivace.wire.otlp;

/// The message types of OTLP traces (opentelemetry-proto, `trace/v1`, `common/v1`, `resource/v1`):
/// which wire form each field has, and which message is inside.
// the messages refer to each other, so their tables are filled in after construction; a field's
// form
// is one byte, so that looking it up costs one array access
@SuppressWarnings({"ImmutableEnumChecker", "EnumOrdinal"})
enum Message {
  REQUEST,
  RESOURCE_SPANS,
  RESOURCE,
  SCOPE_SPANS,
  SCOPE,
  SPAN,
  EVENT,
  LINK,
  STATUS,
  KEY_VALUE,
  ANY_VALUE,
  ARRAY_VALUE,
  KEY_VALUE_LIST;

  /// Forms of a field. A field whose form is at or above `NESTED` holds the message with the
  /// ordinal `form - NESTED`.
  static final byte UNKNOWN = 0;

  static final byte VARINT = 1;
  static final byte FIXED64 = 2;
  static final byte FIXED32 = 3;
  static final byte STRING = 4;
  static final byte BYTES = 5;
  static final byte TRACE_ID = 6;
  static final byte SPAN_ID = 7;
  static final byte NESTED = 32;

  /// The field of the old `instrumentation_library_spans`, whose inner numbers are those of
  /// `ScopeSpans`.
  static final int OLD_SCOPE_SPANS_FIELD = 1000;

  /// The field of a resource that refers to entities, which the blocks have no place for.
  static final int ENTITY_REFS_FIELD = 3;

  private static final Message[] VALUES = values();

  static {
    REQUEST.forms = forms(nested(RESOURCE_SPANS));
    RESOURCE_SPANS.forms = forms(nested(RESOURCE), nested(SCOPE_SPANS), STRING);
    RESOURCE.forms = forms(nested(KEY_VALUE), VARINT);
    SCOPE_SPANS.forms = forms(nested(SCOPE), nested(SPAN), STRING);
    SCOPE.forms = forms(STRING, STRING, nested(KEY_VALUE), VARINT);
    SPAN.forms =
        forms(
            TRACE_ID,
            SPAN_ID,
            STRING,
            SPAN_ID,
            STRING,
            VARINT,
            FIXED64,
            FIXED64,
            nested(KEY_VALUE),
            VARINT,
            nested(EVENT),
            VARINT,
            nested(LINK),
            VARINT,
            nested(STATUS),
            FIXED32);
    EVENT.forms = forms(FIXED64, STRING, nested(KEY_VALUE), VARINT);
    LINK.forms = forms(TRACE_ID, SPAN_ID, STRING, nested(KEY_VALUE), VARINT, FIXED32);
    STATUS.forms = forms(UNKNOWN, STRING, VARINT);
    KEY_VALUE.forms = forms(STRING, nested(ANY_VALUE));
    ANY_VALUE.forms =
        forms(STRING, VARINT, VARINT, FIXED64, nested(ARRAY_VALUE), nested(KEY_VALUE_LIST), BYTES);
    ARRAY_VALUE.forms = forms(nested(ANY_VALUE));
    KEY_VALUE_LIST.forms = forms(nested(KEY_VALUE));
  }

  private byte[] forms = {};

  /// The form of field `number`, [#UNKNOWN] for one that this message does not have.
  byte form(int number) {
    return number < forms.length ? forms[number] : UNKNOWN;
  }

  /// The message inside a field of a nested form.
  static Message inside(byte form) {
    return VALUES[form - NESTED];
  }

  /// Whether field `number` lists attributes of an entity, as opposed to a value inside a value.
  boolean hasAttributesAt(int number) {
    return this != KEY_VALUE_LIST && form(number) == nested(KEY_VALUE);
  }

  /// The wire type that a form is written with.
  static int wireType(byte form) {
    return switch (form) {
      case VARINT -> 0;
      case FIXED64 -> 1;
      case FIXED32 -> 5;
      default -> 2;
    };
  }

  private static byte nested(Message message) {
    return (byte) (NESTED + message.ordinal());
  }

  private static byte[] forms(int... fields) {
    byte[] forms = new byte[fields.length + 1];
    for (int i = 0; i < fields.length; i++) {
      forms[i + 1] = (byte) fields[i];
    }
    return forms;
  }
}
