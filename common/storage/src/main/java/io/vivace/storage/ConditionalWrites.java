package io.vivace.storage;

import java.io.IOException;
import java.util.Optional;

/// Writes that take place only while nobody else writes the same object.
///
/// A write that was repeated because its answer was lost may find its own first attempt: it is
/// answered as lost to somebody else. Read the object again to tell.
public interface ConditionalWrites {
  /// An object as it was read.
  ///
  /// @param bytes the whole object
  /// @param version what the store calls this state of it
  record Versioned(byte[] bytes, String version) {}

  /// The object and its version.
  ///
  /// @throws java.nio.file.NoSuchFileException when it is not there
  Versioned read(String name) throws IOException;

  /// Creates the object.
  ///
  /// @return its version, or nothing when there is one already: then nothing was written
  Optional<String> writeIfAbsent(String name, byte[] bytes) throws IOException;

  /// Replaces the object.
  ///
  /// @param version of the object that is replaced, from this interface
  /// @return the new version, or nothing when the object is another one now or gone: then nothing
  ///   was written
  Optional<String> writeIfUnchanged(String name, byte[] bytes, String version) throws IOException;
}
