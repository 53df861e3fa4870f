package io.vivace.storage;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/// Named byte objects in a bucket. Names are paths with `/`.
///
/// All methods throw [NoSuchFileException] for an object that is not there and [IOException] when
/// the store fails. Reads see every write that returned before.
public interface ObjectStore {
  /// The whole object.
  byte[] read(String name) throws IOException;

  /// `length` bytes of the object from `offset`; fewer only when it ends before.
  byte[] read(String name, long offset, int length) throws IOException;

  /// Size of the object in bytes.
  long size(String name) throws IOException;

  /// Creates or replaces the object. It is there whole or not at all, and durable on return.
  void write(String name, byte[] bytes) throws IOException;

  /// Creates or replaces the object with the content of a file.
  void write(String name, Path file) throws IOException;

  /// Removes the object; nothing happens when it is not there.
  void delete(String name) throws IOException;

  /// Names of what lies directly below `prefix`, which is empty or ends with `/`: objects as they
  /// are, deeper levels once each with a `/` at the end, sorted.
  List<String> list(String prefix) throws IOException;
}
