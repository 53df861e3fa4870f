package io.vivace.distributor.forwarder.ottl;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The words of a condition, read one after the other.
final class Tokens {
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(?:(?<text>\"(?:\\\\.|[^\"\\\\])*\")"
              + "|(?<number>[-+]?(?:\\d+\\.\\d*|\\.\\d+|\\d+))"
              + "|(?<word>[A-Za-z][A-Za-z0-9_]*)"
              + "|(?<sign>==|!=|<=|>=|<|>|[()\\[\\].,]))");

  private final String source;
  private final List<Token> tokens = new ArrayList<>();
  private int next;

  enum Kind {
    TEXT,
    NUMBER,
    WORD,
    SIGN,
    END
  }

  record Token(Kind kind, String text, int offset) {
    boolean is(String expected) {
      return (kind == Kind.WORD || kind == Kind.SIGN) && text.equals(expected);
    }
  }

  Tokens(String source) throws OttlException {
    this.source = source;
    Matcher matcher = TOKEN.matcher(source);
    int offset = 0;
    while (matcher.find(offset) && matcher.start() == offset) {
      tokens.add(token(matcher));
      offset = matcher.end();
    }
    if (!source.substring(offset).isBlank()) {
      throw new OttlException(
          source.substring(offset) + " (expected: a word of a condition) at " + offset);
    }
    tokens.add(new Token(Kind.END, "the end", source.length()));
  }

  private static Token token(Matcher matcher) {
    for (Kind kind : List.of(Kind.TEXT, Kind.NUMBER, Kind.WORD)) {
      String group = kind.name().toLowerCase(Locale.ROOT);
      String text = matcher.group(group);
      if (text != null) {
        return new Token(kind, text, matcher.start(group));
      }
    }
    return new Token(Kind.SIGN, matcher.group("sign"), matcher.start("sign"));
  }

  Token peek() {
    return tokens.get(next);
  }

  Token take() {
    Token token = tokens.get(next);
    if (token.kind() != Kind.END) {
      next++;
    }
    return token;
  }

  boolean takeIf(String expected) {
    if (peek().is(expected)) {
      next++;
      return true;
    }
    return false;
  }

  void expect(String expected) throws OttlException {
    if (!takeIf(expected)) {
      throw unexpected(expected);
    }
  }

  OttlException unexpected(String expected) {
    Token token = peek();
    return new OttlException(
        token.text() + " (expected: " + expected + ") at " + token.offset() + " of " + source);
  }
}
