package io.vivace.storage.peers;

import io.vivace.storage.ObjectStore;
import java.io.IOException;

/// A process that keeps objects on a disk of its own, or on one that it shares.
public interface Peer {
  /// Where it is; unique among peers.
  String address();

  /// Which volume it keeps objects on: equal for two that share one.
  ///
  /// @throws IOException when it does not answer
  String volume() throws IOException;

  /// Its objects. Every method throws [java.nio.file.NoSuchFileException] for an object that it has
  /// not, and another [IOException] when it does not answer.
  ObjectStore objects();
}
