package io.vivace.traceql;

import org.jspecify.annotations.Nullable;

/// The tokens of a query with one token of lookahead, and the error for a token that does not fit.
final class Tokens {
  private final Lexer lexer;
  private Token current;
  private @Nullable Token putBack;

  Tokens(String query) {
    lexer = new Lexer(query);
    current = lexer.next();
  }

  Token current() {
    return current;
  }

  boolean is(String symbol) {
    return current.is(symbol);
  }

  boolean is(Token.Kind kind) {
    return current.kind() == kind;
  }

  /// Gives the current token and goes on to the next.
  Token take() {
    Token taken = current;
    Token waiting = putBack;
    putBack = null;
    current = waiting == null ? lexer.next() : waiting;
    return taken;
  }

  /// Makes the pipe that was taken last the current token again.
  void putBackPipe() {
    putBack = current;
    current = Token.symbol("|", current.offset());
  }

  /// Goes on when the current token is this symbol.
  boolean accept(String symbol) {
    if (!is(symbol)) {
      return false;
    }
    take();
    return true;
  }

  void expect(String symbol) {
    if (!accept(symbol)) {
      throw unexpected(symbol);
    }
  }

  Token expect(Token.Kind kind) {
    if (!is(kind)) {
      throw unexpected(kind.name());
    }
    return take();
  }

  /// The error for the current token; `expected` when there are few things that could stand there.
  TraceQlException.Syntax unexpected(String... expected) {
    String message = "syntax error: unexpected " + current.display();
    if (expected.length > 0) {
      message += ", expecting " + String.join(" or ", expected);
    }
    return lexer.error(current, message);
  }

  /// The error for a query that nests too deeply.
  TraceQlException.Syntax tooDeep(int limit) {
    return lexer.error(
        current, "nesting depth: " + (limit + 1) + " (expected: at most " + limit + ")");
  }

  /// The error for a constant division by zero, which has no position in Tempo.
  static TraceQlException.Syntax divisionByZero() {
    return new TraceQlException.Syntax(0, 0, "runtime error: integer divide by zero");
  }
}
