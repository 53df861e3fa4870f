package io.vivace.service.config;

import java.util.List;
import java.util.Map;

/// A node of a YAML document before it is given a type: the user's spelling and line are still
/// known.
sealed interface Tree {
  /// Line in the document, from 1; 0 for nodes that were not read from a document.
  int line();

  /// A mapping, in the order of the document.
  record Mapping(Map<String, Tree> entries, int line) implements Tree {}

  /// A sequence.
  record Sequence(List<Tree> items, int line) implements Tree {}

  /// A scalar as written; `plain` is false for quoted and block texts.
  record Scalar(String text, boolean plain, int line) implements Tree {
    /// Whether the text is one of YAML's spellings of null.
    boolean isNull() {
      return plain
          && switch (text) {
            case "", "~", "null", "Null", "NULL" -> true;
            default -> false;
          };
    }
  }

  /// Whether this node says nothing: `key:` or `key: null`.
  default boolean absent() {
    return this instanceof Scalar scalar && scalar.isNull();
  }
}
