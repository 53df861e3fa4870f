package io.vivace.distributor.receiver.jaeger;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// How many datagrams Linux dropped because the socket of a port was full (proc(5),
/// `/proc/net/udp`). Best effort: 0 where there is no such file, and sockets that share a port are
/// counted together.
final class KernelDrops {
  private static final int LOCAL_ADDRESS = 1;
  private static final int DROPS = 12;

  private final List<Path> tables;
  private final String port;
  private long last;

  /// @param tables `/proc/net/udp` and `/proc/net/udp6`
  KernelDrops(List<Path> tables, int port) {
    this.tables = tables;
    this.port = "%04X".formatted(port);
  }

  /// The drops so far; never less than before.
  synchronized double count() {
    long sum = 0;
    for (Path table : tables) {
      sum += read(table);
    }
    last = Math.max(last, sum);
    return last;
  }

  private long read(Path table) {
    try {
      return Files.readAllLines(table, StandardCharsets.US_ASCII).stream()
          .map(line -> line.trim().split("\\s+"))
          .filter(columns -> columns.length > DROPS)
          .filter(columns -> columns[LOCAL_ADDRESS].endsWith(":" + port))
          .mapToLong(columns -> Long.parseLong(columns[DROPS]))
          .sum();
    } catch (IOException | NumberFormatException _) {
      // no Linux, or another format: there is nothing to tell
      return 0;
    }
  }
}
