package io.vivace.service.status;

import tools.jackson.databind.json.JsonMapper;

/// JSON of the status pages.
final class Json {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private Json() {}

  /// Maps, lists, texts and numbers as JSON.
  static String of(Object value) {
    return MAPPER.writeValueAsString(value);
  }
}
