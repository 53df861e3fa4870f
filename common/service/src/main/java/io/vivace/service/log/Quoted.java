package io.vivace.service.log;

/// Texts in double quotes, escaped as JSON does.
final class Quoted {
  private Quoted() {}

  static void append(StringBuilder line, String value) {
    line.append('"');
    for (int i = 0; i < value.length(); i++) {
      char character = value.charAt(i);
      switch (character) {
        case '"', '\\' -> line.append('\\').append(character);
        case '\n' -> line.append("\\n");
        case '\r' -> line.append("\\r");
        case '\t' -> line.append("\\t");
        default -> {
          if (character < ' ' || character == 127) {
            line.append("\\u%04x".formatted((int) character));
          } else {
            line.append(character);
          }
        }
      }
    }
    line.append('"');
  }
}
