package io.vivace.ingester.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// The files of a log in a folder, by number.
final class LogFiles {
  /// First bytes of every file: the format and its version.
  static final byte[] MAGIC = {'V', 'I', 'V', 'L', 'O', 'G', '0', '1'};

  /// Length and checksum in front of every payload.
  static final int RECORD_HEADER_BYTES = 8;

  /// Largest payload: what one push may bring (`server.grpc_server_max_recv_msg_size` is far
  /// below).
  static final int MAX_RECORD_BYTES = 256 << 20;

  private static final String PREFIX = "log-";
  private static final String QUARANTINE_SUFFIX = ".corrupt";

  private final Path folder;

  LogFiles(Path folder) {
    this.folder = folder;
  }

  Path folder() {
    return folder;
  }

  Path file(long number) {
    return folder.resolve(String.format(Locale.ROOT, "%s%012d", PREFIX, number));
  }

  /// Where the bytes of a file go that cannot be read.
  Path quarantine(long number) {
    return folder.resolve(file(number).getFileName() + QUARANTINE_SUFFIX);
  }

  /// The numbers of all files, ascending.
  List<Long> numbers() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.matches(PREFIX + "\\d{12}"))
          .map(name -> Long.parseLong(name.substring(PREFIX.length())))
          .sorted()
          .toList();
    }
  }
}
