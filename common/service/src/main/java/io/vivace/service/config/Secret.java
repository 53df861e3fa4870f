package io.vivace.service.config;

/// A text that is never printed: status pages and logs show stars.
///
/// @param value the text; empty when there is none
public record Secret(String value) {
  static final String MASK = "********";

  /// Stars, or nothing for an empty secret.
  @Override
  public String toString() {
    return value.isEmpty() ? "" : MASK;
  }
}
