package io.vivace.traceql;

/// Operators between spansets (traceql.md §8.2).
public enum SpansetOperator {
  /// Union when both sides have spans.
  AND("&&", Relation.NONE, Form.PLAIN),
  /// Union.
  OR("||", Relation.NONE, Form.PLAIN),
  /// Right spans whose parent is on the left.
  CHILD(">", Relation.CHILD, Form.PLAIN),
  /// Right spans that are parent of a left span.
  PARENT("<", Relation.PARENT, Form.PLAIN),
  /// Right spans below a left span.
  DESCENDANT(">>", Relation.DESCENDANT, Form.PLAIN),
  /// Right spans above a left span.
  ANCESTOR("<<", Relation.ANCESTOR, Form.PLAIN),
  /// Right spans with the parent of another left span.
  SIBLING("~", Relation.SIBLING, Form.PLAIN),
  /// Right spans that [#CHILD] leaves out.
  NOT_CHILD("!>", Relation.CHILD, Form.NEGATED),
  /// Right spans that [#PARENT] leaves out.
  NOT_PARENT("!<", Relation.PARENT, Form.NEGATED),
  /// Right spans that [#DESCENDANT] leaves out.
  NOT_DESCENDANT("!>>", Relation.DESCENDANT, Form.NEGATED),
  /// Right spans that [#ANCESTOR] leaves out.
  NOT_ANCESTOR("!<<", Relation.ANCESTOR, Form.NEGATED),
  /// Right spans that [#SIBLING] leaves out.
  NOT_SIBLING("!~", Relation.SIBLING, Form.NEGATED),
  /// Both spans of each pair of [#CHILD].
  UNION_CHILD("&>", Relation.CHILD, Form.UNION),
  /// Both spans of each pair of [#PARENT].
  UNION_PARENT("&<", Relation.PARENT, Form.UNION),
  /// Both spans of each pair of [#DESCENDANT].
  UNION_DESCENDANT("&>>", Relation.DESCENDANT, Form.UNION),
  /// Both spans of each pair of [#ANCESTOR].
  UNION_ANCESTOR("&<<", Relation.ANCESTOR, Form.UNION),
  /// Both spans of each pair of [#SIBLING].
  UNION_SIBLING("&~", Relation.SIBLING, Form.UNION);

  /// What the right span of a pair is to the left one.
  enum Relation {
    NONE,
    CHILD,
    PARENT,
    DESCENDANT,
    ANCESTOR,
    SIBLING;

    /// The relation of a pair with exchanged sides.
    Relation inverse() {
      return switch (this) {
        case NONE, SIBLING -> this;
        case CHILD -> PARENT;
        case PARENT -> CHILD;
        case DESCENDANT -> ANCESTOR;
        case ANCESTOR -> DESCENDANT;
      };
    }
  }

  /// What is made of the pairs.
  enum Form {
    PLAIN,
    NEGATED,
    UNION
  }

  private final String text;
  private final Relation relation;
  private final Form form;

  SpansetOperator(String text, Relation relation, Form form) {
    this.text = text;
    this.relation = relation;
    this.form = form;
  }

  /// As it is written.
  public String text() {
    return text;
  }

  Relation relation() {
    return relation;
  }

  Form form() {
    return form;
  }

  int precedence() {
    return relation == Relation.NONE ? 20 : 30;
  }
}
