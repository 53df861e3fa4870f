package io.vivace.ring;

/// One member of a ring.
///
/// @param id unique name
/// @param address host and port of its gRPC server, or the name of an in-process one
/// @param zone its availability zone, empty for none
/// @param state where it is in its life
/// @param isReadOnly whether it takes no writes although it is active: its disk is nearly full
/// @param isReachable whether the membership engine sees it; an instance that it does not see is
///   shown as unhealthy, keeps its tokens and takes nothing
/// @param times when things happened to it
public record Instance(
    String id,
    String address,
    String zone,
    State state,
    boolean isReadOnly,
    boolean isReachable,
    Times times) {

  /// An instance that is reachable and takes what its state allows.
  public Instance(String id, String address, String zone, State state) {
    this(id, address, zone, state, false, true, Times.UNKNOWN);
  }

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

  /// Seconds since 1970, by the clock of whoever saw it; for pages only, no decision depends on
  /// them.
  ///
  /// @param registered when it first joined, 0 when unknown
  /// @param lastSeen when it was last reachable, 0 for now
  /// @param readOnlyUpdated when it last became read-only or stopped to be, 0 for never
  public record Times(long registered, long lastSeen, long readOnlyUpdated) {
    /// Nothing is known.
    public static final Times UNKNOWN = new Times(0, 0, 0);
  }
}
