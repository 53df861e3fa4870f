package io.vivace.ring;

import java.util.List;

/// Knows which processes are there, and carries messages between them. What is in a message is none
/// of its business. Implementations are safe for use by many threads.
public interface MembershipEngine {
  /// A process that takes part.
  ///
  /// @param id unique among all starts of all processes
  /// @param name what people call it
  /// @param address where it listens to other members, as far as known
  record Node(String id, String name, String address) {}

  /// Told what happens. Calls come from the engine's threads, one at a time for each sender, and
  /// must return soon.
  interface Listener {
    /// Who is there now, this process included.
    void members(List<Node> nodes);

    /// A message of another member, by its id.
    void message(String from, byte[] bytes);
  }

  /// Takes part from now on. Returns when this process is a member, alone or with others.
  ///
  /// @throws RingException when it cannot listen, or may not be alone and is
  void join(Listener listener) throws RingException;

  /// This process. Known after [#join].
  Node self();

  /// Sends to every other member. What cannot be sent is dropped: the next comparison makes good
  /// for it.
  void broadcast(byte[] bytes);

  /// Sends to one member, by its id.
  void send(String to, byte[] bytes);

  /// Tells the others and takes part no more.
  void leave();
}
