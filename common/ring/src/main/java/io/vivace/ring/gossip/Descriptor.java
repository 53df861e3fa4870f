package io.vivace.ring.gossip;

import io.vivace.ring.Instance.State;

/// What a member of a ring says about itself. Only the owner writes it, apart from the tombstone of
/// an instance that somebody else forgot.
///
/// Two descriptors of one instance are ordered by epoch and version, never by a clock; of equal
/// ones the tombstone wins, and a last comparison makes the order total, so that merging them is
/// commutative, associative and idempotent.
///
/// @param id unique name of the instance in its ring
/// @param address host and port of its gRPC server
/// @param zone availability zone, empty for none
/// @param state where it is in its life; `LEFT` makes this a tombstone
/// @param tokens its places on the ring
/// @param registered seconds since 1970 of its first start, 0 when unknown; for pages only
/// @param order what makes a later descriptor win
/// @param node the process that it lives in, as the engine names it
/// @param readOnly whether it takes no writes
/// @param isHandedOver whether everything that it held is in the object store
public record Descriptor(
    String id,
    String address,
    String zone,
    State state,
    Tokens tokens,
    long registered,
    Order order,
    String node,
    ReadOnly readOnly,
    boolean isHandedOver)
    implements Comparable<Descriptor> {

  /// Where a descriptor stands among those of the same instance.
  ///
  /// @param epoch grows with every start of the owner
  /// @param version grows with every change
  public record Order(long epoch, long version) implements Comparable<Order> {
    @Override
    public int compareTo(Order other) {
      int epochs = Long.compare(epoch, other.epoch);
      return epochs == 0 ? Long.compare(version, other.version) : epochs;
    }

    /// The order of the next change.
    Order next() {
      return new Order(epoch, version + 1);
    }
  }

  /// Whether an instance takes no writes.
  ///
  /// @param isSet whether it does not
  /// @param updated seconds since 1970 of the last change, 0 for none; for pages only
  public record ReadOnly(boolean isSet, long updated) {
    /// Takes writes, always did.
    public static final ReadOnly NEVER = new ReadOnly(false, 0);
  }

  @Override
  public int compareTo(Descriptor other) {
    int orders = order.compareTo(other.order);
    if (orders != 0) {
      return orders;
    }
    int left = Boolean.compare(isTombstone(), other.isTombstone());
    return left == 0 ? toString().compareTo(other.toString()) : left;
  }

  /// Whether the instance is gone.
  public boolean isTombstone() {
    return state == State.LEFT;
  }

  /// The later of two descriptors of one instance.
  Descriptor merge(Descriptor other) {
    return compareTo(other) >= 0 ? this : other;
  }

  /// The next version with another state.
  Descriptor with(State next) {
    return new Descriptor(
        id, address, zone, next, tokens, registered, order.next(), node, readOnly, isHandedOver);
  }

  /// The next version with other tokens.
  Descriptor with(Tokens next) {
    return new Descriptor(
        id, address, zone, state, next, registered, order.next(), node, readOnly, isHandedOver);
  }

  /// The next version, read-only or not.
  Descriptor with(ReadOnly next) {
    return new Descriptor(
        id, address, zone, state, tokens, registered, order.next(), node, next, isHandedOver);
  }

  /// The next version, with nothing that only this instance has.
  Descriptor handedOver() {
    return new Descriptor(
        id, address, zone, state, tokens, registered, order.next(), node, readOnly, true);
  }

  /// The same in another place of the order.
  Descriptor with(Order next) {
    return new Descriptor(
        id, address, zone, state, tokens, registered, next, node, readOnly, isHandedOver);
  }

  /// What somebody else writes to forget this instance: nothing of it is waited for.
  Descriptor forgotten() {
    return new Descriptor(
        id, address, zone, State.LEFT, Tokens.NONE, registered, order.next(), node, readOnly, true);
  }
}
