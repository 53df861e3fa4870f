package io.vivace.traceql;

/// A query that cannot be answered: the client's mistake, never the server's.
public abstract sealed class TraceQlException extends RuntimeException
    permits TraceQlException.Syntax,
        TraceQlException.Invalid,
        TraceQlException.Unsupported,
        TraceQlException.Evaluation {

  private TraceQlException(String message) {
    super(message);
  }

  /// Text that is no TraceQL: `parse error at line L, col C: …`, without the position for an empty
  /// text.
  public static final class Syntax extends TraceQlException {
    private final int line;
    private final int column;

    Syntax(int line, int column, String message) {
      super("parse error " + position(line, column) + ": " + message);
      this.line = line;
      this.column = column;
    }

    private static String position(int line, int column) {
      return line == 0 && column == 0 ? "" : "at line " + line + ", col " + column;
    }

    /// Line of the offending token, from 1; 0 for an empty text and for tokens of which Tempo does
    /// not tell the line.
    public int line() {
      return line;
    }

    /// Column of the offending token in characters, from 1.
    public int column() {
      return column;
    }
  }

  /// A query that parses but breaks a rule of types, arguments or names (traceql.md §5).
  public static final class Invalid extends TraceQlException {
    Invalid(String message) {
      super(message);
    }
  }

  /// A construct that is known but not there: `…: not supported yet` or Tempo's own `… not yet
  /// supported`.
  public static final class Unsupported extends TraceQlException {
    /// An error with this text.
    public Unsupported(String message) {
      super(message);
    }
  }

  /// A query that is valid but whose stages do not fit each other on this data.
  public static final class Evaluation extends TraceQlException {
    Evaluation(String message) {
      super(message);
    }
  }
}
