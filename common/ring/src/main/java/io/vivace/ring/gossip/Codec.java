package io.vivace.ring.gossip;

import com.google.protobuf.InvalidProtocolBufferException;
import io.vivace.ring.Instance.State;
import io.vivace.ring.proto.DigestEntry;
import io.vivace.ring.proto.Entry;
import io.vivace.ring.proto.Envelope;
import io.vivace.ring.proto.InstanceDesc;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Messages between members as bytes.
final class Codec {
  private Codec() {}

  /// A descriptor and the key of its ring.
  record Item(String ring, Descriptor descriptor) {}

  /// What somebody knows of one instance.
  record Known(String ring, String id, Descriptor.Order order, boolean isTombstone) {}

  /// A message.
  ///
  /// @param digest all that the sender knows of, null when it does not say
  /// @param wantsDigest whether it wants to be told the same
  record Message(List<Item> items, @Nullable List<Known> digest, boolean wantsDigest) {}

  static byte[] encode(Message message) {
    Envelope.Builder envelope = Envelope.newBuilder().setWantsDigest(message.wantsDigest);
    for (Item item : message.items) {
      envelope.addEntries(
          Entry.newBuilder().setRing(item.ring).setInstance(encode(item.descriptor)));
    }
    if (message.digest != null) {
      envelope.setHasDigest(true);
      for (Known known : message.digest) {
        envelope.addDigest(
            DigestEntry.newBuilder()
                .setRing(known.ring)
                .setId(known.id)
                .setEpoch(known.order.epoch())
                .setVersion(known.order.version())
                .setLeft(known.isTombstone));
      }
    }
    return envelope.build().toByteArray();
  }

  private static InstanceDesc encode(Descriptor descriptor) {
    InstanceDesc.Builder encoded =
        InstanceDesc.newBuilder()
            .setId(descriptor.id())
            .setAddr(descriptor.address())
            .setZone(descriptor.zone())
            .setState(encode(descriptor.state()))
            .setRegisteredTimestamp(descriptor.registered())
            .setReadOnly(descriptor.readOnly().isSet())
            .setReadOnlyUpdatedTimestamp(descriptor.readOnly().updated())
            .setEpoch(descriptor.order().epoch())
            .setVersion(descriptor.order().version())
            .setNode(descriptor.node())
            .setHandedOver(descriptor.isHandedOver());
    for (int token : descriptor.tokens().toArray()) {
      encoded.addTokens(token);
    }
    return encoded.build();
  }

  private static InstanceDesc.State encode(State state) {
    return switch (state) {
      case ACTIVE -> InstanceDesc.State.ACTIVE;
      case LEAVING -> InstanceDesc.State.LEAVING;
      case PENDING -> InstanceDesc.State.PENDING;
      case JOINING -> InstanceDesc.State.JOINING;
      case LEFT -> InstanceDesc.State.LEFT;
    };
  }

  /// @throws InvalidProtocolBufferException when the bytes are no message of a member
  static Message decode(byte[] bytes) throws InvalidProtocolBufferException {
    Envelope envelope = Envelope.parseFrom(bytes);
    List<Item> items = new ArrayList<>(envelope.getEntriesCount());
    for (Entry entry : envelope.getEntriesList()) {
      items.add(new Item(entry.getRing(), decode(entry.getInstance())));
    }
    List<Known> digest = null;
    if (envelope.getHasDigest()) {
      digest = new ArrayList<>(envelope.getDigestCount());
      for (DigestEntry known : envelope.getDigestList()) {
        Descriptor.Order order = new Descriptor.Order(known.getEpoch(), known.getVersion());
        digest.add(new Known(known.getRing(), known.getId(), order, known.getLeft()));
      }
    }
    return new Message(items, digest, envelope.getWantsDigest());
  }

  private static Descriptor decode(InstanceDesc encoded) throws InvalidProtocolBufferException {
    if (encoded.getId().isEmpty()) {
      throw new InvalidProtocolBufferException("id: empty (expected: the id of an instance)");
    }
    int[] tokens = encoded.getTokensList().stream().mapToInt(Integer::intValue).toArray();
    return new Descriptor(
        encoded.getId(),
        encoded.getAddr(),
        encoded.getZone(),
        decode(encoded.getState()),
        Tokens.of(tokens),
        encoded.getRegisteredTimestamp(),
        new Descriptor.Order(encoded.getEpoch(), encoded.getVersion()),
        encoded.getNode(),
        new Descriptor.ReadOnly(encoded.getReadOnly(), encoded.getReadOnlyUpdatedTimestamp()),
        encoded.getHandedOver());
  }

  private static State decode(InstanceDesc.State state) throws InvalidProtocolBufferException {
    return switch (state) {
      case ACTIVE -> State.ACTIVE;
      case LEAVING -> State.LEAVING;
      case PENDING -> State.PENDING;
      case JOINING -> State.JOINING;
      case LEFT -> State.LEFT;
      case UNRECOGNIZED ->
          throw new InvalidProtocolBufferException(
              "state: unknown (expected: one of " + List.of(State.values()) + ")");
    };
  }
}
