package io.vivace.frontend.http;

import io.vivace.traceql.TagIdentifiers;

/// Checks names of tags whose values are asked for.
final class TagNames {
  private TagNames() {}

  /// Refuses what is neither an intrinsic nor a scoped attribute.
  static void check(String name) {
    if (TagIdentifiers.parse(name).isEmpty()) {
      throw GoParse.bad(
          "please provide a valid tagName: tag name is not valid intrinsic or scoped attribute: "
              + name);
    }
  }
}
