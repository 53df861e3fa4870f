package io.vivace.wire;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/// A trace id: 128 bits, ordered as unsigned big-endian bytes, the order of rows in a block.
///
/// Shorter ids are padded with zeros on the left (`docs/`: api, trace by id).
///
/// @param high the first eight bytes
/// @param low the last eight bytes
public record TraceId(long high, long low) implements Comparable<TraceId> {
  /// Length of a whole id in bytes.
  public static final int BYTES = 16;

  /// The id of which `bytes` are the last ones.
  ///
  /// @throws IllegalArgumentException for more than 16 bytes
  public static TraceId of(byte[] bytes) {
    return of(bytes, 0, bytes.length);
  }

  /// The id of which `length` bytes from `offset` are the last ones.
  ///
  /// @throws IllegalArgumentException for more than 16 bytes
  public static TraceId of(byte[] bytes, int offset, int length) {
    if (length > BYTES) {
      throw new IllegalArgumentException(
          "trace id length: " + length + " (expected: at most 16 bytes)");
    }
    long high = 0;
    long low = 0;
    for (int i = 0; i < length; i++) {
      high = high << 8 | low >>> 56;
      low = low << 8 | bytes[offset + i] & 0xff;
    }
    return new TraceId(high, low);
  }

  /// The id written in hex, either case, one to 32 digits.
  ///
  /// @throws IllegalArgumentException when `text` is no such number
  public static TraceId ofHex(String text) {
    if (text.isEmpty() || text.length() > 2 * BYTES) {
      throw new IllegalArgumentException("trace id: " + text + " (expected: 1 to 32 hex digits)");
    }
    return of(HexFormat.of().parseHex("0".repeat(2 * BYTES - text.length()) + text));
  }

  /// The sixteen bytes.
  public byte[] toBytes() {
    return ByteBuffer.allocate(BYTES).putLong(high).putLong(low).array();
  }

  /// Whether all bits are zero, which no valid span has.
  public boolean isZero() {
    return (high | low) == 0;
  }

  /// Lower-case hex without leading zeros, as search results print it.
  public String toShortHex() {
    String full = toString();
    int start = 0;
    while (start < full.length() - 1 && full.charAt(start) == '0') {
      start++;
    }
    return full.substring(start);
  }

  @Override
  public int compareTo(TraceId other) {
    int first = Long.compareUnsigned(high, other.high);
    return first != 0 ? first : Long.compareUnsigned(low, other.low);
  }

  /// Lower-case hex, 32 digits.
  @Override
  public String toString() {
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits(high) + hex.toHexDigits(low);
  }
}
