package io.vivace.search;

import java.io.IOException;

/// Gives the tables of something searchable one after the other.
interface TableSource {
  /// What is done with a table; false ends it.
  interface Visitor {
    boolean visit(SearchTable table) throws IOException;
  }

  void forEach(Visitor visitor) throws IOException;
}
