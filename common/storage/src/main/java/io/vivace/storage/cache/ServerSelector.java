package io.vivace.storage.cache;

import io.vivace.block.XxHash64;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/// Which server holds a key. The choice is Tempo's, so that both find what the other stored.
enum ServerSelector {
  /// Few keys move when servers come or go: jump hash of the key's xxHash over the servers in
  /// natural order.
  CONSISTENT {
    @Override
    int select(String key, int servers) {
      long hash = XxHash64.hash(key.getBytes(StandardCharsets.UTF_8));
      long bucket = -1;
      long next = 0;
      while (next < servers) {
        bucket = next;
        hash = hash * 2862933555777941757L + 1;
        next = (long) ((bucket + 1) * ((double) (1L << 31) / (double) ((hash >>> 33) + 1)));
      }
      return (int) bucket;
    }
  },
  /// CRC-32 of the key modulo the number of servers.
  MODULO {
    @Override
    int select(String key, int servers) {
      CRC32 crc = new CRC32();
      crc.update(key.getBytes(StandardCharsets.UTF_8));
      return (int) (crc.getValue() % servers);
    }
  };

  /// The position of the server of `key` among `servers`, which is at least 1.
  abstract int select(String key, int servers);
}
