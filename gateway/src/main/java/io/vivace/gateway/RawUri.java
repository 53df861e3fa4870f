package io.vivace.gateway;

import java.util.HexFormat;

/// Request targets as clients really send them: `?q={}` is not a URI, but Tempo answers it.
final class RawUri {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();
  private static final String LEGAL = "-._~!$&'()*+,;=:@/?";

  private RawUri() {}

  /// `target` with every character that a URI must not hold as `%XX`; all others stay the bytes
  /// they are.
  static String repair(String target) {
    StringBuilder repaired = null;
    boolean query = false;
    for (int i = 0; i < target.length(); i++) {
      char character = target.charAt(i);
      query |= character == '?';
      if (legal(target, i, character, query)) {
        if (repaired != null) {
          repaired.append(character);
        }
      } else {
        if (repaired == null) {
          repaired = new StringBuilder(target.length() + 16).append(target, 0, i);
        }
        // Netty reads one character a byte
        repaired.append('%').append(HEX.toHexDigits((byte) character));
      }
    }
    return repaired == null ? target : repaired.toString();
  }

  private static boolean legal(String target, int at, char character, boolean query) {
    if (character == '%') {
      return at + 2 < target.length()
          && HexFormat.isHexDigit(target.charAt(at + 1))
          && HexFormat.isHexDigit(target.charAt(at + 2));
    }
    return (character >= 'a' && character <= 'z')
        || (character >= 'A' && character <= 'Z')
        || (character >= '0' && character <= '9')
        || LEGAL.indexOf(character) >= 0
        || (query && (character == '[' || character == ']'));
  }
}
