package io.vivace.frontend.http;

import java.util.LinkedHashMap;
import java.util.Map;

/// The tags of a legacy search: pairs `key=value` in logfmt, values quoted where they hold spaces.
final class LogfmtTags {
  private final String text;
  private final Map<String, String> tags = new LinkedHashMap<>();
  private int position;

  private LogfmtTags(String text) {
    this.text = text;
  }

  static Map<String, String> parse(String text) {
    LogfmtTags tags = new LogfmtTags(text);
    tags.parse();
    return tags.tags;
  }

  private void parse() {
    while (true) {
      while (position < text.length() && text.charAt(position) <= ' ') {
        position++;
      }
      if (position == text.length()) {
        return;
      }
      String key = key();
      String value = "";
      if (position < text.length() && text.charAt(position) == '=') {
        position++;
        value = value();
      }
      if (tags.containsKey(key)) {
        throw GoParse.bad("invalid tags: tag " + key + " has been set twice");
      }
      tags.put(key, value);
    }
  }

  private String key() {
    int start = position;
    while (position < text.length() && text.charAt(position) > ' ') {
      char c = text.charAt(position);
      if (c == '"' || c == '=' && position == start) {
        throw unexpected(c);
      }
      if (c == '=') {
        break;
      }
      position++;
    }
    return text.substring(start, position);
  }

  private String value() {
    if (position < text.length() && text.charAt(position) == '"') {
      return quoted();
    }
    int start = position;
    while (position < text.length() && text.charAt(position) > ' ') {
      char c = text.charAt(position);
      if (c == '=' || c == '"') {
        throw unexpected(c);
      }
      position++;
    }
    return text.substring(start, position);
  }

  private String quoted() {
    StringBuilder value = new StringBuilder();
    position++;
    while (position < text.length()) {
      char c = text.charAt(position++);
      if (c == '"') {
        return value.toString();
      }
      if (c == '\\' && position < text.length()) {
        value.append(unescaped(text.charAt(position++)));
      } else {
        value.append(c);
      }
    }
    throw GoParse.bad("invalid tags: unterminated quoted value at pos " + (position + 1));
  }

  private static char unescaped(char c) {
    return switch (c) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      default -> c;
    };
  }

  private RuntimeException unexpected(char c) {
    return GoParse.bad("invalid tags: unexpected '" + c + "' at pos " + (position + 1));
  }
}
