package io.vivace.traceql;

/// One token.
///
/// @param kind class of the token
/// @param text the spelling of a symbol or keyword, the name of an identifier, the text of a string
/// @param value of a literal, otherwise [Value#NIL]
/// @param offset where it begins in the query, in UTF-16 units
record Token(Kind kind, String text, Value value, int offset) {
  enum Kind {
    SYMBOL,
    IDENTIFIER,
    STRING,
    INTEGER,
    FLOAT,
    DURATION,
    END_ATTRIBUTE,
    END
  }

  static Token symbol(String text, int offset) {
    return new Token(Kind.SYMBOL, text, Value.NIL, offset);
  }

  boolean is(String symbol) {
    return kind == Kind.SYMBOL && text.equals(symbol);
  }

  /// The name in error texts.
  String display() {
    return switch (kind) {
      case SYMBOL -> text;
      case END -> "$end";
      case IDENTIFIER, STRING, INTEGER, FLOAT, DURATION, END_ATTRIBUTE -> kind.name();
    };
  }
}
