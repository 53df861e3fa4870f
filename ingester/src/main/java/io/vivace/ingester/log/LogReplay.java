package io.vivace.ingester.log;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.CRC32C;

/// Reads a log back, one record in memory at a time. A file is read up to its first record that is
/// torn or damaged; what follows is moved into `log-<number>.corrupt` beside it and the next file
/// is read.
public final class LogReplay {
  private final LogFiles files;

  /// A replay of the log in `folder`.
  public LogReplay(Path folder) {
    this.files = new LogFiles(folder);
  }

  /// Takes what is read.
  public interface Listener {
    /// A record of file `fileNumber`.
    void record(long fileNumber, LogRecord record) throws IOException;

    /// How far the replay has come, after each file.
    void progress(long bytesDone, long bytesTotal);
  }

  /// What a replay found.
  ///
  /// @param records records that were read
  /// @param quarantinedBytes bytes that could not be read and were put aside
  /// @param quarantinedFiles files that such bytes were found in
  public record Result(long records, long quarantinedBytes, int quarantinedFiles) {}

  /// Reads every file in order.
  ///
  /// @throws IOException when the disk fails, or the listener does: damage alone is no error
  public Result replay(Listener listener) throws IOException {
    long total = 0;
    for (long number : files.numbers()) {
      total += Files.size(files.file(number));
    }
    long records = 0;
    long quarantined = 0;
    int quarantinedFiles = 0;
    long done = 0;
    for (long number : files.numbers()) {
      long size = Files.size(files.file(number));
      FileResult result = file(number, listener);
      records += result.records();
      long bad = size - result.goodBytes();
      if (bad > 0) {
        quarantine(number, result.goodBytes());
        quarantined += bad;
        quarantinedFiles++;
      }
      done += size;
      listener.progress(done, total);
    }
    return new Result(records, quarantined, quarantinedFiles);
  }

  private record FileResult(long records, long goodBytes) {}

  private FileResult file(long number, Listener listener) throws IOException {
    long records = 0;
    long good = 0;
    long size = Files.size(files.file(number));
    try (DataInputStream in =
        new DataInputStream(
            new BufferedInputStream(Files.newInputStream(files.file(number)), 1 << 16))) {
      if (!Arrays.equals(in.readNBytes(LogFiles.MAGIC.length), LogFiles.MAGIC)) {
        return new FileResult(0, 0);
      }
      good = LogFiles.MAGIC.length;
      while (true) {
        int length = in.readInt();
        int checksum = in.readInt();
        if (length < 0
            || length > LogFiles.MAX_RECORD_BYTES
            || length > size - good - LogFiles.RECORD_HEADER_BYTES) {
          return new FileResult(records, good);
        }
        byte[] payload = in.readNBytes(length);
        CRC32C actual = new CRC32C();
        actual.update(payload);
        LogRecord record = (int) actual.getValue() == checksum ? LogRecord.decode(payload) : null;
        if (record == null) {
          return new FileResult(records, good);
        }
        listener.record(number, record);
        records++;
        good += LogFiles.RECORD_HEADER_BYTES + length;
      }
    } catch (EOFException e) {
      return new FileResult(records, good);
    }
  }

  private void quarantine(long number, long goodBytes) throws IOException {
    Path file = files.file(number);
    try (InputStream in = Files.newInputStream(file)) {
      in.skipNBytes(goodBytes);
      Files.copy(in, files.quarantine(number), StandardCopyOption.REPLACE_EXISTING);
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(goodBytes);
      channel.force(true);
    }
  }
}
