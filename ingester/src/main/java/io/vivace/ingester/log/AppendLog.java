package io.vivace.ingester.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// Appends records to files and tells when they are on disk. One thread writes whatever waits,
/// forces it to disk once, and completes all of it: a group commit.
///
/// Every record is in the file whose number its future gives. The file is kept until the caller has
/// released the number and says that nothing below it is needed.
public final class AppendLog implements AutoCloseable {
  private final LogFiles files;
  private final boolean fsync;
  private final long fileBytes;
  private final long maxWaitingBytes;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  private final TreeMap<Long, Integer> unreleased = new TreeMap<>();
  private final Thread writer;
  private long waitingBytes;
  private boolean closed;
  private boolean writing;
  private long sealed;
  private long number;
  private @Nullable FileChannel channel;
  private long position;

  /// Opens a log in `folder`, after whatever it holds already.
  ///
  /// @param fsync whether an append waits for the disk (`storage.trace.wal.fsync: group`) or for
  ///   the operating system only (`none`)
  /// @param fileBytes a file that has grown to this size is followed by a new one
  /// @param maxWaitingBytes bound of what waits for the disk; more is refused
  public AppendLog(Path folder, boolean fsync, long fileBytes, long maxWaitingBytes)
      throws IOException {
    this.files = new LogFiles(folder);
    this.fsync = fsync;
    this.fileBytes = fileBytes;
    this.maxWaitingBytes = maxWaitingBytes;
    Files.createDirectories(folder);
    List<Long> numbers = files.numbers();
    this.number = numbers.isEmpty() ? 0 : numbers.getLast();
    this.sealed = number;
    this.writer = Thread.ofPlatform().name("append-log").daemon().start(this::run);
  }

  private record Waiting(byte[] payload, CompletableFuture<Long> done) {}

  /// Appends a record.
  ///
  /// @return the number of the file that holds it, when it is durable; the caller must
  ///   [#release(long)] it. Fails with an [IOException] when the disk refuses the record or too
  ///   much waits for it: then the record is not in the log.
  public CompletableFuture<Long> append(LogRecord record) {
    byte[] payload = record.encode();
    CompletableFuture<Long> done = new CompletableFuture<>();
    lock.lock();
    try {
      if (closed) {
        done.completeExceptionally(new IOException("append log: closed (expected: open)"));
      } else if (payload.length > LogFiles.MAX_RECORD_BYTES
          || waitingBytes > 0 && waitingBytes + payload.length > maxWaitingBytes) {
        done.completeExceptionally(
            new IOException(
                "append log: "
                    + (waitingBytes + payload.length)
                    + " bytes wait for the disk (expected: at most "
                    + maxWaitingBytes
                    + ")"));
      } else {
        waiting.add(new Waiting(payload, done));
        waitingBytes += payload.length;
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
    return done;
  }

  /// Says that whoever appended to file `fileNumber` keeps track of the record now.
  public void release(long fileNumber) {
    lock.lock();
    try {
      unreleased.computeIfPresent(fileNumber, (key, count) -> count == 1 ? null : count - 1);
    } finally {
      lock.unlock();
    }
  }

  /// Removes the files before `fileNumber`, but never the one that is written to.
  public void deleteBefore(long fileNumber) throws IOException {
    long end = Math.min(fileNumber, lowestUnreleasedFile());
    for (long old : files.numbers()) {
      if (old < end) {
        Files.deleteIfExists(files.file(old));
      }
    }
  }

  /// The first file with a record that was not released, the file that is written to when all were.
  /// Whoever removes old files has to ask this before it looks at what is kept track of: a record
  /// is always in one of the two.
  public long lowestUnreleasedFile() {
    lock.lock();
    try {
      long open = sealed == number ? number + 1 : number;
      return unreleased.isEmpty() ? open : Math.min(open, unreleased.firstKey());
    } finally {
      lock.unlock();
    }
  }

  /// Ends the file that is written to, unless something is on its way into it: the next record goes
  /// to a new one, so that this one can be removed.
  public void sealIfQuiet() {
    lock.lock();
    try {
      if (!writing && waiting.isEmpty() && unreleased.isEmpty()) {
        sealed = number;
      }
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    while (true) {
      List<Waiting> group = next();
      if (group.isEmpty()) {
        return;
      }
      try {
        long fileNumber = write(group);
        group.forEach(one -> one.done().complete(fileNumber));
      } catch (IOException | RuntimeException e) {
        abandonFile();
        written();
        group.forEach(one -> one.done().completeExceptionally(e));
      }
    }
  }

  /// What waits now; empty when the log was closed and nothing waits any more.
  private List<Waiting> next() {
    lock.lock();
    try {
      while (waiting.isEmpty() && !closed) {
        changed.awaitUninterruptibly();
      }
      List<Waiting> group = new ArrayList<>(waiting);
      waiting.clear();
      waitingBytes = 0;
      writing = !group.isEmpty();
      return group;
    } finally {
      lock.unlock();
    }
  }

  private void written() {
    lock.lock();
    try {
      writing = false;
    } finally {
      lock.unlock();
    }
  }

  private long write(List<Waiting> group) throws IOException {
    FileChannel file = openFile();
    ByteBuffer[] buffers = new ByteBuffer[group.size() * 2];
    long total = 0;
    for (int i = 0; i < group.size(); i++) {
      byte[] payload = group.get(i).payload();
      CRC32C checksum = new CRC32C();
      checksum.update(payload);
      buffers[2 * i] =
          ByteBuffer.allocate(LogFiles.RECORD_HEADER_BYTES)
              .putInt(payload.length)
              .putInt((int) checksum.getValue())
              .flip();
      buffers[2 * i + 1] = ByteBuffer.wrap(payload);
      total += LogFiles.RECORD_HEADER_BYTES + payload.length;
    }
    for (long written = 0; written < total; ) {
      written += file.write(buffers);
    }
    if (fsync) {
      file.force(false);
    }
    position += total;
    lock.lock();
    try {
      unreleased.merge(number, group.size(), Integer::sum);
      writing = false;
      return number;
    } finally {
      lock.unlock();
    }
  }

  private FileChannel openFile() throws IOException {
    FileChannel open = channel;
    if (open != null && position < fileBytes && sealed != number) {
      return open;
    }
    if (open != null) {
      open.close();
    }
    lock.lock();
    try {
      number++;
    } finally {
      lock.unlock();
    }
    open =
        FileChannel.open(
            files.file(number), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    channel = open;
    ByteBuffer magic = ByteBuffer.wrap(LogFiles.MAGIC);
    while (magic.hasRemaining()) {
      position = open.write(magic);
    }
    position = LogFiles.MAGIC.length;
    if (fsync) {
      open.force(true);
      try (FileChannel folder = FileChannel.open(files.folder(), StandardOpenOption.READ)) {
        folder.force(true);
      }
    }
    return open;
  }

  /// After a failed write nobody knows what is in the file: cut it back to what was acknowledged
  /// and go on in a new one.
  private void abandonFile() {
    FileChannel open = channel;
    channel = null;
    if (open == null) {
      return;
    }
    try (open) {
      open.truncate(position);
    } catch (IOException e) {
      // the records that were not acknowledged stay behind; replay finds them torn or whole, and
      // both are allowed for what nobody was promised
      System.getLogger(AppendLog.class.getName())
          .log(System.Logger.Level.WARNING, "append log: cannot cut back file " + number, e);
    }
  }

  /// Writes what waits and stops.
  @Override
  public void close() throws IOException {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    boolean interrupted = false;
    while (writer.isAlive()) {
      try {
        writer.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    FileChannel open = channel;
    if (open != null) {
      open.close();
    }
  }
}
