package io.vivace.distributor.forwarder.ottl;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/// Reads conditions: `or`, `and`, `not`, parentheses, comparisons, `true`, `false` and `IsMatch`.
/// What else the language has is refused. Source of the grammar: collector-contrib
/// `pkg/ottl/grammar.go`.
public final class ConditionParser {
  private static final int MAX_DEPTH = 100;

  private final Tokens tokens;
  private final Context context;
  private int depth;

  private ConditionParser(Tokens tokens, Context context) {
    this.tokens = tokens;
    this.context = context;
  }

  /// The condition that `text` says.
  ///
  /// @throws OttlException when it is none, or one that is not supported
  public static Condition parse(String text, Context context) throws OttlException {
    ConditionParser parser = new ConditionParser(new Tokens(text), context);
    Condition condition = parser.disjunction();
    if (parser.tokens.peek().kind() != Tokens.Kind.END) {
      throw parser.tokens.unexpected("and, or, or the end");
    }
    return condition;
  }

  private Condition disjunction() throws OttlException {
    if (++depth > MAX_DEPTH) {
      throw tokens.unexpected("at most " + MAX_DEPTH + " nested parentheses");
    }
    Condition left = conjunction();
    while (tokens.takeIf("or")) {
      Condition first = left;
      Condition second = conjunction();
      left = target -> first.matches(target) || second.matches(target);
    }
    depth--;
    return left;
  }

  private Condition conjunction() throws OttlException {
    Condition left = negation();
    while (tokens.takeIf("and")) {
      Condition first = left;
      Condition second = negation();
      left = target -> first.matches(target) && second.matches(target);
    }
    return left;
  }

  private Condition negation() throws OttlException {
    if (tokens.takeIf("not")) {
      Condition condition = single();
      return target -> !condition.matches(target);
    }
    return single();
  }

  private Condition single() throws OttlException {
    if (tokens.takeIf("(")) {
      Condition inner = disjunction();
      tokens.expect(")");
      return inner;
    }
    if (tokens.takeIf("IsMatch")) {
      return isMatch();
    }
    Tokens.Token first = tokens.peek();
    Expression left = value();
    Comparison comparison = Comparison.of(tokens.peek().text());
    if (comparison == null) {
      if (first.is("true") || first.is("false")) {
        boolean constant = first.is("true");
        return target -> constant;
      }
      throw tokens.unexpected("a comparison");
    }
    tokens.take();
    Expression right = value();
    return target -> comparison.test(left.value(target), right.value(target));
  }

  private Condition isMatch() throws OttlException {
    tokens.expect("(");
    Expression subject = value();
    tokens.expect(",");
    if (tokens.peek().kind() != Tokens.Kind.TEXT) {
      throw tokens.unexpected("a pattern in quotes");
    }
    Pattern pattern = pattern(text(tokens.take()));
    tokens.expect(")");
    return target -> {
      String text = Values.text(subject.value(target));
      return text != null && pattern.matcher(text).find();
    };
  }

  private static Pattern pattern(String text) throws OttlException {
    try {
      return Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      throw new OttlException(text + " (expected: a regular expression): " + e.getMessage());
    }
  }

  private Expression value() throws OttlException {
    Tokens.Token token = tokens.peek();
    return switch (token.kind()) {
      case TEXT -> constant(text(tokens.take()));
      case NUMBER -> constant(number(tokens.take().text()));
      case WORD -> word(token);
      case SIGN, END -> throw tokens.unexpected("a value");
    };
  }

  private Expression word(Tokens.Token token) throws OttlException {
    if (token.is("nil")) {
      tokens.take();
      return constant(null);
    }
    if (token.is("true") || token.is("false")) {
      return constant(tokens.take().is("true"));
    }
    Long number = Values.constant(token.text());
    if (number != null) {
      tokens.take();
      return constant(number);
    }
    return path();
  }

  private Expression path() throws OttlException {
    Tokens.Token start = tokens.peek();
    StringBuilder path = new StringBuilder(tokens.take().text());
    while (tokens.takeIf(".")) {
      if (tokens.peek().kind() != Tokens.Kind.WORD) {
        throw tokens.unexpected("a name");
      }
      path.append('.').append(tokens.take().text());
    }
    Expression expression;
    if (tokens.takeIf("[")) {
      if (tokens.peek().kind() != Tokens.Kind.TEXT) {
        throw tokens.unexpected("a key in quotes");
      }
      expression = Paths.attribute(context, path.toString(), text(tokens.take()));
      tokens.expect("]");
    } else {
      expression = Paths.field(context, path.toString());
    }
    if (expression == null) {
      throw new OttlException(path + " (expected: " + Paths.SUPPORTED + ") at " + start.offset());
    }
    return expression;
  }

  private static Expression constant(@Nullable Object value) {
    return target -> value;
  }

  private Object number(String text) throws OttlException {
    try {
      if (text.contains(".")) {
        return Double.valueOf(text);
      }
      return Long.valueOf(text);
    } catch (NumberFormatException e) {
      throw new OttlException(text + " (expected: a number of 64 bits)");
    }
  }

  /// The text between quotes, with Go's escapes for quotes, backslashes, tabs and ends of lines.
  private static String text(Tokens.Token token) throws OttlException {
    String quoted = token.text();
    StringBuilder text = new StringBuilder(quoted.length());
    for (int i = 1; i < quoted.length() - 1; i++) {
      char c = quoted.charAt(i);
      text.append(c == '\\' ? escaped(quoted.charAt(++i), token) : c);
    }
    return text.toString();
  }

  private static char escaped(char c, Tokens.Token token) throws OttlException {
    return switch (c) {
      case '"', '\\' -> c;
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      default ->
          throw new OttlException(
              "\\" + c + " (expected: \\\\, \\\", \\n, \\r or \\t) in " + token.text());
    };
  }
}
