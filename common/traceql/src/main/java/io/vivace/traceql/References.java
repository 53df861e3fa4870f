package io.vivace.traceql;

import java.util.EnumSet;
import java.util.Set;

/// Which levels an expression mentions.
final class References {
  private final Set<Level> levels = EnumSet.noneOf(Level.class);
  private boolean generic;

  private References() {}

  static References of(FieldExpression expression) {
    References references = new References();
    references.add(expression);
    return references;
  }

  boolean mentions(Level level) {
    return levels.contains(level);
  }

  /// A guess of what reading takes; cheap columns that select much come first.
  int cost() {
    if (levels.contains(Level.EVENT) || levels.contains(Level.LINK)) {
      return 5;
    }
    if (levels.contains(Level.SPAN)) {
      return generic ? 4 : 3;
    }
    if (levels.contains(Level.INSTRUMENTATION)) {
      return 2;
    }
    return levels.contains(Level.RESOURCE) ? 1 : 0;
  }

  private void add(FieldExpression expression) {
    switch (expression) {
      case FieldExpression.Literal literal -> {}
      case FieldExpression.Attribute attribute -> add(attribute.reference());
      case FieldExpression.Negative negative -> add(negative.operand());
      case FieldExpression.Not not -> add(not.operand());
      case FieldExpression.Exists exists -> add(exists.operand());
      case FieldExpression.Binary binary -> {
        add(binary.left());
        add(binary.right());
      }
    }
  }

  private void add(AttributeReference reference) {
    if (reference instanceof AttributeReference.Named named) {
      generic |= named.scope() == Scope.SPAN || named.scope() == Scope.NONE;
      if (named.scope() == Scope.NONE) {
        levels.add(Level.SPAN);
        levels.add(Level.RESOURCE);
        return;
      }
    }
    levels.add(Level.of(reference));
  }
}
