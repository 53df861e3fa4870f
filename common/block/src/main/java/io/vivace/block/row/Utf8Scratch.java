package io.vivace.block.row;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;

/// A reusable array for the bytes of a value on its way into a column.
final class Utf8Scratch {
  byte[] bytes = new byte[256];

  /// Fills the array with the UTF-8 bytes of `text`; returns their number.
  int load(String text) {
    int length = text.length();
    if (bytes.length < length) {
      bytes = new byte[2 * length];
    }
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        return loadOther(text);
      }
      bytes[i] = (byte) c;
    }
    return length;
  }

  private int loadOther(String text) {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length < encoded.length) {
      bytes = new byte[2 * encoded.length];
    }
    System.arraycopy(encoded, 0, bytes, 0, encoded.length);
    return encoded.length;
  }

  /// Fills the array with the bytes; returns their number.
  int load(ByteString value) {
    int length = value.size();
    if (bytes.length < length) {
      bytes = new byte[2 * length];
    }
    value.copyTo(bytes, 0);
    return length;
  }
}
