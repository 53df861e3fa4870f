package io.vivace.search;

import io.vivace.block.row.BlockFormat;
import io.vivace.traceql.Level;

/// Paths of columns in a format (blocks.md §7).
record BlockPaths(BlockFormat format) {
  String resource(String leaf) {
    return format.resourceSpans() + ".Resource." + leaf;
  }

  String scope(String leaf) {
    return format.scopeSpans() + ".Scope." + leaf;
  }

  String span(String leaf) {
    return format.span() + "." + leaf;
  }

  String event(String leaf) {
    return format.span() + ".Events" + format.element() + "." + leaf;
  }

  String link(String leaf) {
    return format.span() + ".Links" + format.element() + "." + leaf;
  }

  /// A leaf of the generic attributes of a level.
  String attribute(Level level, String leaf) {
    return of(level, "Attrs" + format.element() + "." + leaf);
  }

  /// A leaf of an entry of a level.
  String of(Level level, String leaf) {
    return switch (level) {
      case TRACE -> leaf;
      case RESOURCE -> resource(leaf);
      case INSTRUMENTATION -> scope(leaf);
      case SPAN -> span(leaf);
      case EVENT -> event(leaf);
      case LINK -> link(leaf);
    };
  }
}
