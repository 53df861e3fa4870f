package io.vivace.traceql;

import java.util.OptionalLong;

/// Scans integers, floating point numbers and durations, with the rules and error texts of Go's
/// scanner (traceql.md §2).
final class NumberScanner {
  private static final String DURATION_CHARACTERS = "nsuµmhdwy0123456789.";

  private final Scanner scanner;
  private final int start;
  private int base = 10;
  private char prefix;
  private boolean isFloat;
  private boolean hasDigits;
  private boolean hasSeparators;
  private int invalidDigit;

  NumberScanner(Scanner scanner) {
    this.scanner = scanner;
    this.start = scanner.position();
  }

  Token scan() {
    if (scanner.peek() == '0') {
      prefix();
    }
    digits();
    if (scanner.peek() == '.') {
      isFloat = true;
      if (prefix == 'o' || prefix == 'b') {
        throw error("invalid radix point in " + literalName());
      }
      scanner.advance();
      digits();
    }
    if (!hasDigits) {
      throw error(literalName() + " has no digits");
    }
    exponent();
    if (!isFloat && invalidDigit != 0) {
      throw error("invalid digit " + quote(invalidDigit) + " in " + literalName());
    }
    if (hasSeparators && !separatorsAreBetweenDigits()) {
      throw error("'_' must separate successive digits");
    }
    return token();
  }

  private void prefix() {
    scanner.advance();
    switch (Character.toLowerCase(scanner.peek())) {
      case 'x' -> usePrefix('x', 16);
      case 'o' -> usePrefix('o', 8);
      case 'b' -> usePrefix('b', 2);
      default -> {
        base = 8;
        prefix = '0';
        hasDigits = true;
      }
    }
  }

  private void usePrefix(char letter, int newBase) {
    scanner.advance();
    prefix = letter;
    base = newBase;
  }

  private void digits() {
    while (true) {
      int c = scanner.peek();
      if (c == '_') {
        hasSeparators = true;
      } else if (c >= '0' && c <= '9' || base == 16 && isHexLetter(c)) {
        hasDigits = true;
        if (base < 10 && c >= '0' + base && invalidDigit == 0) {
          invalidDigit = c;
        }
      } else {
        return;
      }
      scanner.advance();
    }
  }

  private static boolean isHexLetter(int c) {
    return c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
  }

  private void exponent() {
    int letter = scanner.peek();
    int lower = Character.toLowerCase(letter);
    if (lower == 'e' || lower == 'p') {
      if (lower == 'e' && prefix != 0 && prefix != '0') {
        throw error(quote(letter) + " exponent requires decimal mantissa");
      }
      if (lower == 'p' && prefix != 'x') {
        throw error(quote(letter) + " exponent requires hexadecimal mantissa");
      }
      scanner.advance();
      isFloat = true;
      if (scanner.peek() == '+' || scanner.peek() == '-') {
        scanner.advance();
      }
      base = 10;
      hasDigits = false;
      digits();
      if (!hasDigits) {
        throw error("exponent has no digits");
      }
    } else if (prefix == 'x' && isFloat) {
      throw error("hexadecimal mantissa requires a 'p' exponent");
    }
  }

  private boolean separatorsAreBetweenDigits() {
    String text = scanner.from(start);
    boolean prefixed = prefix != 0 && prefix != '0';
    // a prefix counts as a digit
    boolean digit = prefixed;
    for (int i = prefixed ? 2 : 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '_') {
        if (!digit || i + 1 == text.length()) {
          return false;
        }
        digit = false;
      } else {
        boolean isDigit = Character.digit(c, 16) >= 0 && (prefix == 'x' || c <= '9');
        if (!isDigit && i > 0 && text.charAt(i - 1) == '_') {
          return false;
        }
        digit = isDigit;
      }
    }
    return true;
  }

  private Token token() {
    int end = scanner.position();
    while (scanner.peek() > 0 && DURATION_CHARACTERS.indexOf(scanner.peek()) >= 0) {
      scanner.advance();
    }
    if (scanner.position() > end) {
      OptionalLong duration = Durations.parse(scanner.from(start));
      if (duration.isPresent()) {
        return new Token(Token.Kind.DURATION, "", Value.ofDuration(duration.getAsLong()), start);
      }
      scanner.skip(end - scanner.position());
    }
    return isFloat
        ? new Token(Token.Kind.FLOAT, "", Value.ofFloat(floatValue()), start)
        : new Token(Token.Kind.INTEGER, "", Value.ofInt(intValue()), start);
  }

  private double floatValue() {
    String text = scanner.from(start);
    double value = Double.parseDouble(text.replace("_", ""));
    if (Double.isInfinite(value)) {
      throw error("strconv.ParseFloat: parsing \"" + text + "\": value out of range");
    }
    return value;
  }

  private long intValue() {
    String text = scanner.from(start);
    if (!text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw error("strconv.Atoi: parsing \"" + text + "\": invalid syntax");
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw error("strconv.Atoi: parsing \"" + text + "\": value out of range");
    }
  }

  private String literalName() {
    return switch (prefix) {
      case 'x' -> "hexadecimal literal";
      case 'o', '0' -> "octal literal";
      case 'b' -> "binary literal";
      default -> "decimal literal";
    };
  }

  private static String quote(int c) {
    return "'" + Character.toString(c) + "'";
  }

  private TraceQlException.Syntax error(String message) {
    return scanner.error(start, message);
  }
}
