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

  /// Adds the printed form of an address that was printed by somebody else.
  static long add(TextArena arena, String address) throws MalformedOtlpException {
    if (address.isEmpty()) {
      return TextArena.NONE;
    }
    if (!InetAddresses.isInetAddress(address)) {
      throw new MalformedOtlpException(
          "ip: " + address + " (expected: an address of version 4 or 6)");
    }
    return arena.add(InetAddresses.toAddrString(InetAddresses.forString(address)));
  }
}
