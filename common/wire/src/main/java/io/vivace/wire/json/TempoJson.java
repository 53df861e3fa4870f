package io.vivace.wire.json;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Writes protobuf messages the way Go's jsonpb does with its defaults: zero values left out but
/// for members of a oneof, 64-bit numbers as text, bytes in base64, enums by name, text safe inside
/// HTML, fields in order of declaration, no white space.
public final class TempoJson {
  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private final StringBuilder out = new StringBuilder(1024);
  private final Set<String> listsAlwaysWritten;
  private final Map<String, String> renamed;

  private TempoJson(Set<String> listsAlwaysWritten, Map<String, String> renamed) {
    this.listsAlwaysWritten = listsAlwaysWritten;
    this.renamed = renamed;
  }

  /// `message` as JSON.
  public static String write(Message message) {
    return write(message, Set.of());
  }

  /// `message` as JSON.
  ///
  /// @param listsAlwaysWritten JSON names of repeated fields of the outermost message that are
  ///   written as `[]` when they are empty
  public static String write(Message message, Set<String> listsAlwaysWritten) {
    return new TempoJson(listsAlwaysWritten, Map.of()).root(message);
  }

  /// `message` as JSON, with fields of the outermost message under other names.
  ///
  /// @param renamed JSON name to the name that is written
  public static String writeRenamed(Message message, Map<String, String> renamed) {
    return new TempoJson(Set.of(), renamed).root(message);
  }

  private String root(Message message) {
    object(message, true);
    return out.toString();
  }

  private void object(Message message, boolean root) {
    out.append('{');
    boolean first = true;
    for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
      if (!isWritten(message, field, root)) {
        continue;
      }
      if (!first) {
        out.append(',');
      }
      first = false;
      String name = jsonName(field);
      string(root ? renamed.getOrDefault(name, name) : name);
      out.append(':');
      value(message, field);
    }
    out.append('}');
  }

  private boolean isWritten(Message message, FieldDescriptor field, boolean root) {
    if (field.isRepeated()) {
      return message.getRepeatedFieldCount(field) > 0
          || root && listsAlwaysWritten.contains(jsonName(field));
    }
    return message.hasField(field);
  }

  /// Names that are camelCase already stay as they are, an upper-case first letter included.
  private static String jsonName(FieldDescriptor field) {
    return field.getName().indexOf('_') < 0 ? field.getName() : field.getJsonName();
  }

  private void value(Message message, FieldDescriptor field) {
    if (field.isMapField()) {
      map(message, field);
    } else if (field.isRepeated()) {
      out.append('[');
      int count = message.getRepeatedFieldCount(field);
      for (int i = 0; i < count; i++) {
        if (i > 0) {
          out.append(',');
        }
        single(field, message.getRepeatedField(field, i));
      }
      out.append(']');
    } else {
      single(field, message.getField(field));
    }
  }

  private void map(Message message, FieldDescriptor field) {
    FieldDescriptor key = field.getMessageType().findFieldByNumber(1);
    FieldDescriptor value = field.getMessageType().findFieldByNumber(2);
    @SuppressWarnings("unchecked")
    List<Message> entries = (List<Message>) message.getField(field);
    out.append('{');
    boolean first = true;
    List<Message> sorted =
        entries.stream()
            .sorted(Comparator.comparing((Message entry) -> (String) entry.getField(key)))
            .toList();
    for (Message entry : sorted) {
      if (!first) {
        out.append(',');
      }
      first = false;
      string((String) entry.getField(key));
      out.append(':');
      single(value, entry.getField(value));
    }
    out.append('}');
  }

  private void single(FieldDescriptor field, Object value) {
    switch (field.getType()) {
      case STRING -> string((String) value);
      case BYTES -> string(Base64.getEncoder().encodeToString(((ByteString) value).toByteArray()));
      case MESSAGE, GROUP -> object((Message) value, false);
      case ENUM -> string(((EnumValueDescriptor) value).getName());
      case BOOL -> out.append((boolean) value);
      case DOUBLE -> number((double) value);
      case FLOAT -> number((float) value);
      case INT64, SINT64, SFIXED64 -> out.append('"').append((long) value).append('"');
      case UINT64, FIXED64 ->
          out.append('"').append(Long.toUnsignedString((long) value)).append('"');
      case INT32, SINT32, SFIXED32 -> out.append((int) value);
      case UINT32, FIXED32 -> out.append(Integer.toUnsignedLong((int) value));
    }
  }

  private void number(double value) {
    if (Double.isNaN(value)) {
      out.append("\"NaN\"");
    } else if (Double.isInfinite(value)) {
      out.append(value > 0 ? "\"Infinity\"" : "\"-Infinity\"");
    } else if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      out.append((long) value);
    } else {
      out.append(value);
    }
  }

  private void string(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> out.append('\\').append(c);
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '<', '>', '&', '\u2028', '\u2029' -> unicode(c);
        default -> {
          if (c < 0x20) {
            unicode(c);
          } else if (Character.isSurrogate(c) && !isPaired(text, i)) {
            out.append('\ufffd');
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  private static boolean isPaired(String text, int i) {
    return Character.isHighSurrogate(text.charAt(i))
        ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
        : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
  }

  private void unicode(char c) {
    out.append("\\u")
        .append(HEX[c >> 12])
        .append(HEX[c >> 8 & 15])
        .append(HEX[c >> 4 & 15])
        .append(HEX[c & 15]);
  }
}
