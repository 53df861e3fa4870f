package io.vivace.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Objects as files below a folder (`storage.trace.local.path`), laid out as Tempo does.
public final class LocalObjectStore implements ObjectStore {
  private static final Logger LOG = LoggerFactory.getLogger(LocalObjectStore.class);
  private static final String TEMPORARY = ".tmp-";

  /// Names the volume, so that processes that share one find out.
  private static final String VOLUME = ".vivace-volume";

  private static final int UUID_LENGTH = 36;

  private final Path root;
  private final AtomicLong temporaryFiles = new AtomicLong();

  /// A store below `root`, which is created with the first object.
  public LocalObjectStore(Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  @Override
  public byte[] read(String name) throws IOException {
    return Files.readAllBytes(existing(name));
  }

  @Override
  public byte[] read(String name, long offset, int length) throws IOException {
    try (FileChannel channel = FileChannel.open(existing(name), StandardOpenOption.READ)) {
      long available = Math.max(0, channel.size() - offset);
      ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(length, available));
      while (buffer.hasRemaining()) {
        if (channel.read(buffer, offset + buffer.position()) < 0) {
          throw new IOException("object: " + name + " (expected: not to shrink while it is read)");
        }
      }
      return buffer.array();
    }
  }

  @Override
  public long size(String name) throws IOException {
    return Files.size(existing(name));
  }

  @Override
  public Instant lastModified(String name) throws IOException {
    return Files.getLastModifiedTime(existing(name)).toInstant();
  }

  @Override
  public void write(String name, byte[] bytes) throws IOException {
    publish(
        path(name),
        temporary -> {
          try (FileChannel channel =
              FileChannel.open(
                  temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
              channel.write(buffer);
            }
            channel.force(true);
          }
        });
  }

  @Override
  public void write(String name, Path source) throws IOException {
    publish(
        path(name),
        temporary -> {
          try (InputStream in = Files.newInputStream(source)) {
            Files.copy(in, temporary);
          }
          try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
            channel.force(true);
          }
        });
  }

  @Override
  public void delete(String name) throws IOException {
    Path file = path(name);
    Files.deleteIfExists(file);
    Path folder = file.getParent();
    while (folder != null && !folder.equals(root) && folder.startsWith(root)) {
      try {
        Files.deleteIfExists(folder);
      } catch (DirectoryNotEmptyException e) {
        return;
      }
      folder = folder.getParent();
    }
  }

  @Override
  public List<String> list(String prefix) throws IOException {
    Path folder = prefix.isEmpty() ? root : path(prefix);
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(entry -> !isOurs(entry.getFileName().toString()))
          .map(entry -> prefix + entry.getFileName() + (Files.isDirectory(entry) ? "/" : ""))
          .sorted()
          .toList();
    }
  }

  @Override
  public Optional<Path> file(String name) throws IOException {
    return Optional.of(existing(name));
  }

  private static boolean isOurs(String name) {
    return name.startsWith(TEMPORARY) || name.equals(VOLUME);
  }

  /// The name of the volume, once somebody has marked it.
  public Optional<String> volume() throws IOException {
    try {
      String name = Files.readString(root.resolve(VOLUME));
      return name.length() == UUID_LENGTH ? Optional.of(name) : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /// Gives the volume a name, unless it has one.
  ///
  /// @return its name
  public String markVolume() throws IOException {
    Files.createDirectories(root);
    try {
      Files.writeString(
          root.resolve(VOLUME), UUID.randomUUID().toString(), StandardOpenOption.CREATE_NEW);
    } catch (FileAlreadyExistsException e) {
      // another process was first: its name counts
      LOG.debug("msg=\"the volume has a name already\" path={}", root);
    }
    return volume()
        .orElseThrow(() -> new IOException(VOLUME + ": damaged (expected: a name, or no file)"));
  }

  /// An object that comes in pieces. Nobody sees it before it is published.
  public final class Pending {
    private final Path temporary;
    private final Path target;
    private final FileChannel channel;

    private Pending(Path target) throws IOException {
      this.target = target;
      this.temporary = temporary(target);
      this.channel =
          FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    /// Adds bytes.
    public void append(ByteBuffer bytes) throws IOException {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }

    /// Makes the object what was appended, durably.
    public void publish() throws IOException {
      try {
        channel.force(true);
        channel.close();
        move(temporary, target);
      } finally {
        abort();
      }
    }

    /// Forgets what was appended.
    public void abort() {
      try {
        channel.close();
        Files.deleteIfExists(temporary);
      } catch (IOException e) {
        LOG.warn("msg=\"cannot remove a temporary file\" file={}", temporary, e);
      }
    }
  }

  /// Begins an object whose size is not known yet.
  public Pending begin(String name) throws IOException {
    return new Pending(path(name));
  }

  private Path existing(String name) throws NoSuchFileException {
    Path file = path(name);
    if (!Files.isRegularFile(file)) {
      throw new NoSuchFileException(name);
    }
    return file;
  }

  private Path path(String name) throws NoSuchFileException {
    Path file;
    try {
      file = root.resolve(name).normalize();
    } catch (InvalidPathException e) {
      throw new NoSuchFileException(name, null, "expected: a name that can be a file's");
    }
    if (!file.startsWith(root) || file.equals(root)) {
      throw new NoSuchFileException(name, null, "expected: a name inside the store");
    }
    return file;
  }

  private Path temporary(Path target) throws IOException {
    Path folder = target.getParent();
    if (folder == null) {
      throw new NoSuchFileException(target.toString());
    }
    // a concurrent delete of the last object may remove the folder: make it again
    for (int attempt = 0; ; attempt++) {
      try {
        Files.createDirectories(folder);
        break;
      } catch (FileAlreadyExistsException e) {
        if (attempt == 3) {
          throw e;
        }
      }
    }
    return folder.resolve(
        TEMPORARY + ProcessHandle.current().pid() + "-" + temporaryFiles.incrementAndGet());
  }

  @FunctionalInterface
  private interface Content {
    void writeTo(Path temporary) throws IOException;
  }

  private void publish(Path target, Content content) throws IOException {
    Path temporary = temporary(target);
    try {
      content.writeTo(temporary);
      move(temporary, target);
    } finally {
      // there only when the write failed
      Files.deleteIfExists(temporary);
    }
  }

  private static void move(Path temporary, Path target) throws IOException {
    Files.move(
        temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    Path folder = target.getParent();
    if (folder != null) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }
}
