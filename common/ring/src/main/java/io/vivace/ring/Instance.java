package io.vivace.ring;

/// One member of a ring.
///
/// @param id unique name
/// @param address host and port of its gRPC server, or the name of an in-process one
/// @param zone its availability zone, empty for none
/// @param state where it is in its life
public record Instance(String id, String address, String zone, State state) {
  /// The life of an instance, in Tempo's words (`docs/`: the ring).
  public enum State {
    /// Registered, without tokens.
    PENDING,
    /// Taking over tokens.
    JOINING,
    /// Takes reads and writes.
    ACTIVE,
    /// About to leave: takes reads only.
    LEAVING,
    /// Gone.
    LEFT
  }
}
