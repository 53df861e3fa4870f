package io.vivace.storage;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Named byte objects in a bucket. Names are paths with `/`.
///
/// All methods throw [NoSuchFileException] for an object that is not there and [IOException] when
/// the store fails. Reads see every write that returned before.
public interface ObjectStore extends AutoCloseable {
  /// How much of an object is in memory while it is copied.
  int COPY_BYTES = 8 << 20;

  /// The whole object.
  byte[] read(String name) throws IOException;

  /// `length` bytes of the object from `offset`; fewer only when it ends before.
  byte[] read(String name, long offset, int length) throws IOException;

  /// Size of the object in bytes.
  long size(String name) throws IOException;

  /// When the object was written, by the store's clock.
  Instant lastModified(String name) throws IOException;

  /// Creates or replaces the object. It is there whole or not at all, and durable on return.
  void write(String name, byte[] bytes) throws IOException;

  /// Creates or replaces the object with the content of a file.
  void write(String name, Path file) throws IOException;

  /// Writes that take place only while nobody else writes; nothing when the store has none. A store
  /// that has them and meets a server without them fails with the server's error.
  default Optional<ConditionalWrites> conditionalWrites() {
    return Optional.empty();
  }

  /// The file that holds the object, where a store keeps objects in files.
  default Optional<Path> file(String name) throws IOException {
    return Optional.empty();
  }

  /// Copies an object of another store under the same name, a part at a time.
  default void copyFrom(ObjectStore source, String name) throws IOException {
    Optional<Path> file = source.file(name);
    if (file.isPresent()) {
      write(name, file.get());
      return;
    }
    Path part = Files.createTempFile("object", ".part");
    try {
      try (OutputStream out = Files.newOutputStream(part)) {
        long size = source.size(name);
        for (long offset = 0; offset < size; offset += COPY_BYTES) {
          out.write(source.read(name, offset, (int) Math.min(COPY_BYTES, size - offset)));
        }
      }
      write(name, part);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /// Removes the object; nothing happens when it is not there.
  void delete(String name) throws IOException;

  /// Names of what lies directly below `prefix`, which is empty or ends with `/`: objects as they
  /// are, deeper levels once each with a `/` at the end, sorted.
  List<String> list(String prefix) throws IOException;

  /// An object as a listing shows it.
  ///
  /// @param name its name
  /// @param lastModified when it was written, by the store's clock; null when the listing does not
  ///   tell: ask [#lastModified]
  record Listed(String name, @Nullable Instant lastModified) {}

  /// Shows `visitor` all objects below `prefix` at any depth, in any order. `prefix` is empty or
  /// ends with `/`. A store that lists without folders overrides this to need one request for a
  /// thousand objects.
  default void walk(String prefix, Consumer<Listed> visitor) throws IOException {
    for (String name : list(prefix)) {
      if (name.endsWith("/")) {
        walk(name, visitor);
      } else {
        visitor.accept(new Listed(name, null));
      }
    }
  }

  /// Gives up connections, if there are any.
  @Override
  default void close() {}
}
