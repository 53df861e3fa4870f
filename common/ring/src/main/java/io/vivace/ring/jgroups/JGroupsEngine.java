package io.vivace.ring.jgroups;

import io.vivace.ring.MembershipEngine;
import io.vivace.ring.RingException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jgroups.Address;
import org.jgroups.BytesMessage;
import org.jgroups.Event;
import org.jgroups.JChannel;
import org.jgroups.Message;
import org.jgroups.PhysicalAddress;
import org.jgroups.Receiver;
import org.jgroups.View;
import org.jgroups.stack.Protocol;
import org.jgroups.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A member of a JGroups cluster.
public final class JGroupsEngine implements MembershipEngine {
  private static final Logger LOG = LoggerFactory.getLogger(JGroupsEngine.class);

  private final EngineSettings settings;
  private final JChannel channel;
  private final CountDownLatch others = new CountDownLatch(1);

  /// A member that does nothing yet.
  ///
  /// @throws RingException when JGroups does not take the settings
  public JGroupsEngine(EngineSettings settings, SeedAddresses seeds) throws RingException {
    this(settings, seeds, stack -> stack);
  }

  /// @param change puts more protocols into the stack: a test that loses messages
  JGroupsEngine(EngineSettings settings, SeedAddresses seeds, UnaryOperator<List<Protocol>> change)
      throws RingException {
    this.settings = settings;
    try {
      this.channel = new JChannel(change.apply(JGroupsStack.of(settings, seeds)));
      channel.name(settings.nodeName()).setDiscardOwnMessages(true);
    } catch (Exception e) {
      throw failed("cannot be set up", e);
    }
  }

  private RingException failed(String what, @Nullable Exception cause) {
    RingException failure =
        new RingException(
            "memberlist: %s:%d %s%s"
                .formatted(
                    settings.bindAddress().getHostAddress(),
                    settings.bindPort(),
                    what,
                    cause == null ? "" : ": " + cause.getMessage()));
    if (cause != null) {
      failure.initCause(cause);
    }
    return failure;
  }

  @Override
  public void join(Listener listener) throws RingException {
    channel.setReceiver(new Events(listener));
    try {
      channel.connect("vivace/" + settings.cluster());
      awaitOthers();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed("stopped while joining", e);
    } catch (RingException e) {
      throw e;
    } catch (Exception e) {
      throw failed("cannot join", e);
    }
  }

  private void awaitOthers() throws InterruptedException, RingException {
    EngineSettings.Join join = settings.join();
    Duration wait = join.minBackoff();
    for (int i = 0; join.isAloneFailure() && channel.getView().size() == 1; i++) {
      if (i >= join.retries()) {
        channel.close();
        throw failed("found no other member (abort_if_cluster_join_fails)", null);
      }
      boolean _ = others.await(wait.toMillis(), TimeUnit.MILLISECONDS);
      Duration doubled = wait.multipliedBy(2);
      wait = doubled.compareTo(join.maxBackoff()) > 0 ? join.maxBackoff() : doubled;
    }
  }

  private final class Events implements Receiver {
    private final Listener listener;

    Events(Listener listener) {
      this.listener = listener;
    }

    @Override
    public void viewAccepted(View view) {
      if (view.size() > 1) {
        others.countDown();
      }
      listener.members(view.getMembers().stream().map(JGroupsEngine.this::node).toList());
    }

    @Override
    public void receive(Message message) {
      byte[] bytes = new byte[message.getLength()];
      System.arraycopy(message.getArray(), message.getOffset(), bytes, 0, bytes.length);
      listener.message(id(message.getSrc()), bytes);
    }
  }

  private Node node(Address address) {
    Object physical = channel.down(new Event(Event.GET_PHYSICAL_ADDRESS, address));
    String name = org.jgroups.util.NameCache.get(address);
    return new Node(
        id(address),
        name == null ? id(address) : name,
        physical instanceof PhysicalAddress known ? known.printIpAddress() : "");
  }

  private static String id(Address address) {
    return address instanceof UUID uuid ? uuid.toStringLong() : address.toString();
  }

  @Override
  public Node self() {
    return node(channel.getAddress());
  }

  @Override
  public void broadcast(byte[] bytes) {
    transmit(null, bytes);
  }

  @Override
  public void send(String to, byte[] bytes) {
    for (Address member : channel.getView().getMembers()) {
      if (id(member).equals(to)) {
        transmit(member, bytes);
      }
    }
  }

  /// Without flow control: a sender never waits for a slow receiver.
  private void transmit(@Nullable Address to, byte[] bytes) {
    Message message =
        new BytesMessage(to, bytes).setFlag(Message.Flag.OOB).setFlag(Message.Flag.NO_FC);
    try {
      channel.send(message);
    } catch (Exception e) {
      LOG.warn("msg=\"message to members not sent\" bytes={} to={}", bytes.length, to, e);
    }
  }

  @Override
  public void leave() {
    channel.close();
  }

  /// Stops without telling anybody, as a crash does.
  void crash() throws Exception {
    org.jgroups.util.Util.shutdown(channel);
  }

  /// The addresses of this member, for a protocol of a test that tells members apart.
  Address address() {
    return channel.getAddress();
  }

  /// A protocol of this member.
  <P extends Protocol> P protocol(Class<P> type) {
    Set<String> names = new HashSet<>();
    for (Protocol protocol : channel.getProtocolStack().getProtocols()) {
      names.add(protocol.getName());
      if (type.isInstance(protocol)) {
        return type.cast(protocol);
      }
    }
    throw new IllegalArgumentException(type.getSimpleName() + " (expected: one of " + names + ")");
  }
}
