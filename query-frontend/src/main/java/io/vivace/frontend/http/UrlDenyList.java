package io.vivace.frontend.http;

import com.google.re2j.Pattern;
import java.util.List;

/// Refuses requests by their URL (`query_frontend.url_deny_list`). Expressions are RE2's: the time
/// that they take grows with the length of the URL only, whatever an operator or a client writes.
final class UrlDenyList {
  private final List<Pattern> patterns;

  /// @param expressions found anywhere in path and query
  UrlDenyList(List<String> expressions) {
    this.patterns = expressions.stream().map(Pattern::compile).toList();
  }

  /// Throws what the client is told when `url` is refused.
  void check(String url) {
    for (Pattern pattern : patterns) {
      if (pattern.matcher(url).find()) {
        throw GoParse.bad(
            "Invalid request "
                + url
                + ". This query has been identified as one that destabilizes our system. Contact"
                + " your system administrator for more information");
      }
    }
  }
}
