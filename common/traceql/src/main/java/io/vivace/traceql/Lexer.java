package io.vivace.traceql;

import java.util.Set;

/// Cuts a query into tokens, on demand, one at a time (traceql.md §1).
final class Lexer {
  private static final Set<String> SYMBOLS =
      Set.of(
          ",", ".", "{", "}", "(", ")", "=", "!=", "=~", "!~", ">", ">=", "<", "<=", "+", "-", "*",
          "/", "%", "^", "&&", "||", "!", "|", ">>", "<<", "~", "!>", "!>>", "!<", "!<<", "&>",
          "&>>", "&<", "&<<", "&~");

  private static final Set<String> KEYWORDS =
      Set.of(
          "true",
          "false",
          "nil",
          "ok",
          "error",
          "unset",
          "unspecified",
          "internal",
          "server",
          "client",
          "producer",
          "consumer",
          "duration",
          "childCount",
          "name",
          "status",
          "statusMessage",
          "kind",
          "rootName",
          "rootServiceName",
          "rootService",
          "traceDuration",
          "nestedSetLeft",
          "nestedSetRight",
          "nestedSetParent",
          "id",
          "traceID",
          "spanID",
          "parentID",
          "timeSinceStart",
          "version",
          "parent",
          "count",
          "avg",
          "max",
          "min",
          "sum",
          "by",
          "coalesce",
          "select",
          "rate",
          "count_over_time",
          "min_over_time",
          "max_over_time",
          "avg_over_time",
          "sum_over_time",
          "quantile_over_time",
          "histogram_over_time",
          "compare",
          "topk",
          "bottomk",
          "with");

  /// Words that a dot or colon right behind them turns into a scope.
  private static final Set<String> SCOPES =
      Set.of(
          "parent.",
          "resource.",
          "span.",
          "event.",
          "link.",
          "instrumentation.",
          "trace:",
          "span:",
          "event:",
          "link:",
          "instrumentation:");

  private final String query;
  private final Scanner scanner;

  /// Offset of the scope whose attribute name comes next; -1 outside.
  private int nameScope = -1;

  private boolean behindParent;
  private boolean behindName;

  Lexer(String query) {
    this.query = query;
    this.scanner = new Scanner(query);
  }

  /// The next token; [Token.Kind#END] again and again at the end.
  ///
  /// @throws TraceQlException.Syntax for characters that make no token
  Token next() {
    if (behindName) {
      behindName = false;
      return endAttribute();
    }
    if (nameScope >= 0) {
      return attributeName();
    }
    scanner.skipBlanksAndComments();
    int start = scanner.position();
    if (scanner.atEnd()) {
      return new Token(Token.Kind.END, "", Value.NIL, start);
    }
    int c = scanner.peek();
    if (c == '"' || c == '`') {
      String text = c == '"' ? scanner.quoted('"') : scanner.raw();
      return new Token(Token.Kind.STRING, text, Value.ofString(text), start);
    }
    if (isDigit(c) || c == '.' && isDigit(scanner.peekSecond())) {
      return new NumberScanner(scanner).scan();
    }
    if (c == '\'') {
      scanner.character();
      return identifier(start);
    }
    if (c == '_' || Character.isLetter(c)) {
      return word(start);
    }
    return symbol(start);
  }

  /// The error for a token.
  TraceQlException.Syntax error(Token token, String message) {
    return isJoined(token)
        ? scanner.errorWithoutLine(token.offset(), message)
        : scanner.error(token.offset(), message);
  }

  /// Whether Tempo puts the token together out of several.
  private boolean isJoined(Token token) {
    return switch (token.kind()) {
      case DURATION -> true;
      case SYMBOL -> token.text().length() > 1 && !KEYWORDS.contains(token.text());
      case END_ATTRIBUTE -> query.charAt(token.offset()) != '.';
      case IDENTIFIER, STRING, INTEGER, FLOAT, END -> false;
    };
  }

  private Token word(int start) {
    scanner.word();
    String word = query.substring(start, scanner.position());
    int next = scanner.peek();
    if (next == '.' || next == ':') {
      String scope = word + (char) next;
      if (SCOPES.contains(scope)) {
        scanner.advance();
        if (next == '.') {
          nameScope = start;
          behindParent = word.equals("parent");
        }
        return Token.symbol(scope, start);
      }
    }
    return KEYWORDS.contains(word) ? Token.symbol(word, start) : identifier(start);
  }

  private Token symbol(int start) {
    scanner.advance();
    while (!scanner.atEnd()
        && scanner.peek() < 0x80
        && SYMBOLS.contains(query.substring(start, scanner.position() + 1))) {
      scanner.advance();
    }
    // "&" begins symbols without being one
    if (query.startsWith("&", start) && scanner.position() == start + 1) {
      return identifier(start);
    }
    String text = query.substring(start, scanner.position());
    if (!SYMBOLS.contains(text)) {
      return identifier(start);
    }
    if (text.equals(".")) {
      nameScope = start;
      behindParent = false;
    }
    return Token.symbol(text, start);
  }

  private Token identifier(int start) {
    return new Token(
        Token.Kind.IDENTIFIER, query.substring(start, scanner.position()), Value.NIL, start);
  }

  private Token attributeName() {
    int start = scanner.position();
    if (behindParent) {
      behindParent = false;
      for (String scope : new String[] {"span.", "resource."}) {
        if (query.startsWith(scope, start)) {
          scanner.skip(scope.length());
          return Token.symbol(scope, start);
        }
      }
    }
    String name = scanner.attributeName(nameScope);
    if (name.isEmpty() && scanner.position() == start) {
      return endAttribute();
    }
    behindName = true;
    return new Token(Token.Kind.IDENTIFIER, name, Value.NIL, start);
  }

  private Token endAttribute() {
    int offset = nameScope;
    nameScope = -1;
    return new Token(Token.Kind.END_ATTRIBUTE, "", Value.NIL, offset);
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }
}
