package io.vivace.traceql;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// A position in a query and what is read character by character: blanks, comments, words, quoted
/// texts.
final class Scanner {
  /// What the scanner gives at the end of the query.
  static final int END = -1;

  private static final String NAME_ENDS = "{}()=~!<>&|^,";

  private final String query;
  private int position;

  Scanner(String query) {
    this.query = query;
  }

  int position() {
    return position;
  }

  boolean atEnd() {
    return position >= query.length();
  }

  /// The character at the position, or [#END].
  int peek() {
    return atEnd() ? END : query.codePointAt(position);
  }

  /// The UTF-16 unit behind the one at the position, or [#END].
  int peekSecond() {
    return position + 1 < query.length() ? query.charAt(position + 1) : END;
  }

  void advance() {
    position += Character.charCount(query.codePointAt(position));
  }

  void skip(int units) {
    position += units;
  }

  String from(int start) {
    return query.substring(start, position);
  }

  /// An error at a token that Tempo puts together out of several: it then tells line 0.
  TraceQlException.Syntax errorWithoutLine(int offset, String message) {
    return new TraceQlException.Syntax(0, error(offset, message).column(), message);
  }

  TraceQlException.Syntax error(int offset, String message) {
    if (query.isEmpty()) {
      return new TraceQlException.Syntax(0, 0, message);
    }
    int line = 1;
    int lineStart = 0;
    for (int i = 0; i < offset; i++) {
      if (query.charAt(i) == '\n') {
        line++;
        lineStart = i + 1;
      }
    }
    return new TraceQlException.Syntax(line, query.codePointCount(lineStart, offset) + 1, message);
  }

  void skipBlanksAndComments() {
    while (!atEnd()) {
      int c = peek();
      if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
        position++;
      } else if (query.startsWith("//", position)) {
        int end = query.indexOf('\n', position);
        position = end < 0 ? query.length() : end;
      } else if (query.startsWith("/*", position)) {
        int end = query.indexOf("*/", position + 2);
        if (end < 0) {
          throw error(position, "comment not terminated");
        }
        position = end + 2;
      } else {
        return;
      }
    }
  }

  void word() {
    while (!atEnd() && (peek() == '_' || Character.isLetter(peek()) || Character.isDigit(peek()))) {
      advance();
    }
  }

  /// A literal in single quotes: exactly one character.
  void character() {
    int start = position;
    if (quoted('\'').codePoints().count() != 1) {
      throw error(start, "invalid char literal");
    }
  }

  /// A text without escapes; carriage returns are dropped.
  String raw() {
    int start = position;
    int end = query.indexOf('`', start + 1);
    if (end < 0) {
      throw error(start, "literal not terminated");
    }
    position = end + 1;
    return query.substring(start + 1, end).replace("\r", "");
  }

  /// A text with escapes. Escapes of bytes make UTF-8.
  String quoted(int quote) {
    int start = position;
    position++;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    while (true) {
      int c = peek();
      if (c == END || c == '\n') {
        throw error(start, "literal not terminated");
      }
      advance();
      if (c == quote) {
        return bytes.toString(StandardCharsets.UTF_8);
      }
      if (c == '\\') {
        escape(start, quote, bytes);
      } else {
        write(c, bytes);
      }
    }
  }

  private void escape(int start, int quote, ByteArrayOutputStream bytes) {
    int c = peek();
    if (c == END) {
      throw error(start, "literal not terminated");
    }
    int simple = "abfnrtv\\".indexOf(c);
    if (c == quote) {
      position++;
      bytes.write(quote);
    } else if (simple >= 0) {
      position++;
      bytes.write("\u0007\b\f\n\r\t\u000b\\".charAt(simple));
    } else if (c >= '0' && c <= '7') {
      bytes.write(digits(start, 3, 8));
    } else if (c == 'x') {
      position++;
      bytes.write(digits(start, 2, 16));
    } else if (c == 'u' || c == 'U') {
      position++;
      write(digits(start, c == 'u' ? 4 : 8, 16), bytes);
    } else {
      throw error(start, "invalid char escape");
    }
  }

  private int digits(int start, int count, int base) {
    long value = 0;
    for (int i = 0; i < count; i++) {
      int digit = peek() < 0x80 ? Character.digit(peek(), base) : -1;
      if (digit < 0) {
        throw error(start, "invalid char escape");
      }
      value = value * base + digit;
      position++;
    }
    if (value > Character.MAX_CODE_POINT) {
      throw error(start, "invalid char escape");
    }
    return (int) value;
  }

  private static void write(int codePoint, ByteArrayOutputStream bytes) {
    if (codePoint < 0x80) {
      bytes.write(codePoint);
    } else {
      bytes.writeBytes(Character.toString(codePoint).getBytes(StandardCharsets.UTF_8));
    }
  }

  /// A name behind a scope: plain characters and quoted parts, joined. Errors are reported at the
  /// scope.
  String attributeName(int scope) {
    StringBuilder name = new StringBuilder();
    while (!atEnd()) {
      int c = peek();
      if (c == '"') {
        position++;
        quotedPart(scope, name);
      } else if (Character.isWhitespace(c)
          || c == 0x85
          || c == 0xa0
          || c < 0x80 && NAME_ENDS.indexOf(c) >= 0) {
        break;
      } else {
        advance();
        name.appendCodePoint(c);
      }
    }
    return name.toString();
  }

  private void quotedPart(int scope, StringBuilder name) {
    while (true) {
      int c = peek();
      if (c == END) {
        throw scopeError(scope, "unexpected EOF, expecting \"");
      }
      advance();
      if (c == '"') {
        return;
      }
      if (c == '\\') {
        c = peek();
        if (c != '"' && c != '\\') {
          throw scopeError(scope, "invalid escape sequence");
        }
        advance();
      }
      name.appendCodePoint(c);
    }
  }

  private TraceQlException.Syntax scopeError(int scope, String message) {
    return query.charAt(scope) == '.' ? error(scope, message) : errorWithoutLine(scope, message);
  }
}
