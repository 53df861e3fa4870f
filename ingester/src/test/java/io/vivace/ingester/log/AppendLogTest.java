package io.vivace.ingester.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.vivace.wire.TraceId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppendLogTest {
  @TempDir private Path folder;

  @Test
  void givesBackWhatWasAppended() throws Exception {
    List<LogRecord> records = append(1000, 1 << 20);
    assertThat(replay()).isEqualTo(records);
  }

  @Test
  void goesOnInANewFileWhenOneIsFullAndAfterARestart() throws Exception {
    List<LogRecord> records = append(100, 1000);
    records.addAll(append(10, 1000));
    assertThat(replay()).isEqualTo(records);
    assertThat(names()).hasSizeGreaterThan(1);
  }

  @Test
  void keepsFilesWithRecordsThatWereNotReleased() throws Exception {
    try (AppendLog log = new AppendLog(folder, true, 10, 1 << 20)) {
      long first = log.append(record(1)).join();
      long second = log.append(record(2)).join();
      assertThat(second).isGreaterThan(first);
      log.deleteBefore(second);
      assertThat(new LogFiles(folder).numbers()).contains(first);
      log.release(first);
      log.deleteBefore(second);
      assertThat(new LogFiles(folder).numbers()).containsExactly(second);
    }
  }

  @Test
  void stopsAtATornRecordAndPutsTheRestAside() throws Exception {
    List<LogRecord> records = append(20, 1 << 20);
    Path file = new LogFiles(folder).file(1);
    byte[] bytes = Files.readAllBytes(file);
    for (long seed = 0; seed < 200; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int length = LogFiles.MAGIC.length + random.nextInt(bytes.length - LogFiles.MAGIC.length);
      byte[] damaged = Arrays.copyOf(bytes, length);
      if (random.nextBoolean() && length > LogFiles.MAGIC.length) {
        damaged[LogFiles.MAGIC.length + random.nextInt(length - LogFiles.MAGIC.length)] ^= 0x40;
      }
      Files.write(file, damaged);
      List<LogRecord> read = replay();
      assertThat(read).as("seed %d", seed).isEqualTo(records.subList(0, read.size()));
      assertThat(replay()).as("seed %d, again", seed).isEqualTo(read);
    }
    assertThat(names()).contains("log-000000000001.corrupt");
  }

  @Test
  void losesNothingOfWhatItAcknowledgedWhenTooMuchWaits() throws Exception {
    List<LogRecord> acknowledged = new ArrayList<>();
    try (AppendLog log = new AppendLog(folder, false, 1 << 20, 1)) {
      List<CompletableFuture<Long>> appends = new ArrayList<>();
      for (int i = 0; i < 1000; i++) {
        appends.add(log.append(record(i)));
      }
      for (int i = 0; i < 1000; i++) {
        try {
          long _ = appends.get(i).join();
          acknowledged.add(record(i));
        } catch (CompletionException e) {
          assertThat(e).hasMessageContaining("bytes wait for the disk (expected: at most 1)");
        }
      }
    }
    assertThat(acknowledged).isNotEmpty();
    assertThat(replay()).isEqualTo(acknowledged);
  }

  private List<LogRecord> append(int count, long fileBytes) throws IOException {
    List<LogRecord> records = new ArrayList<>();
    try (AppendLog log = new AppendLog(folder, true, fileBytes, 1 << 24)) {
      List<CompletableFuture<Long>> appends = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        records.add(record(i));
        appends.add(log.append(records.getLast()));
      }
      appends.forEach(CompletableFuture::join);
    }
    return records;
  }

  private List<LogRecord> replay() throws IOException {
    List<LogRecord> records = new ArrayList<>();
    LogReplay.Result result =
        new LogReplay(folder)
            .replay(
                new LogReplay.Listener() {
                  @Override
                  public void record(long fileNumber, LogRecord record) {
                    records.add(record);
                  }

                  @Override
                  public void progress(long bytesDone, long bytesTotal) {
                    assertThat(bytesDone).isLessThanOrEqualTo(bytesTotal);
                  }
                });
    assertThat(result.records()).isEqualTo(records.size());
    return records;
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static LogRecord record(int number) {
    return new LogRecord(
        "tenant" + number % 3,
        List.of(
            new LogRecord.Piece(
                new TraceId(number, 1), ByteString.copyFromUtf8("a".repeat(number))),
            new LogRecord.Piece(new TraceId(number, 2), ByteString.EMPTY)));
  }
}
