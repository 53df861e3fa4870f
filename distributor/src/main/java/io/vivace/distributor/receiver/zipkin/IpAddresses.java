package io.vivace.distributor.receiver.zipkin;

import com.google.common.net.InetAddresses;
import io.vivace.wire.otlp.MalformedOtlpException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/// Prints addresses in their shortest form (RFC 5952); version 6 addresses that stand for version 4
/// ones are printed as those.
final class IpAddresses {
  private IpAddresses() {}

  /// Adds the printed form of an address of 4 or 16 bytes; other lengths are printed in hex behind
  /// a question mark, nothing stays nothing.
  static long add(TextArena arena, ByteBuffer address) {
    int length = address.remaining();
    if (length == 0) {
      return TextArena.NONE;
    }
    if (length == 4) {
      return arena.addIpv4(address.getInt(address.position()));
    }
    byte[] bytes = new byte[length];
    address.get(address.position(), bytes);
    try {
      return arena.add(InetAddresses.toAddrString(InetAddress.getByAddress(bytes)));
    } catch (UnknownHostException e) {
      // not a length that an address has
      return arena.add("?" + HexFormat.of().formatHex(bytes));
    }
  }

  /// The printed form of an address that somebody else printed into the arena.
  static long canonical(TextArena arena, long text) throws MalformedOtlpException {
    if (TextArena.length(text) == 0 || isDotted(arena, text)) {
      return text;
    }
    String address = arena.string(text);
    // a zone names an interface of the machine that sent it
    if (address.indexOf('%') >= 0 || !InetAddresses.isInetAddress(address)) {
      throw new MalformedOtlpException(
          "ip: " + address + " (expected: an address of version 4 or 6)");
    }
    return arena.add(InetAddresses.toAddrString(InetAddresses.forString(address)));
  }

  /// Whether a text is a version 4 address in the only form that it is printed in: four numbers up
  /// to 255 without leading zeros.
  private static boolean isDotted(TextArena arena, long text) {
    byte[] bytes = arena.bytes();
    int end = TextArena.start(text) + TextArena.length(text);
    int octets = 1;
    int value = -1;
    for (int i = TextArena.start(text); i < end; i++) {
      int digit = bytes[i] - '0';
      if (bytes[i] == '.' && value >= 0) {
        octets++;
        value = -1;
      } else if (digit >= 0 && digit <= 9 && value != 0) {
        value = Math.max(0, value) * 10 + digit;
      } else {
        return false;
      }
      if (value > 255 || octets > 4) {
        return false;
      }
    }
    return octets == 4 && value >= 0;
  }
}
