package io.vivace.distributor.receiver.jaeger;

import io.vivace.distributor.receiver.DecodeFailure;
import io.vivace.distributor.receiver.TracesConsumer;
import io.vivace.distributor.receiver.jaeger.UdpCounters.Drop;
import io.vivace.service.config.ReceiversConfig.UdpReceiver;
import io.vivace.service.grpc.PortUnavailableException;
import io.vivace.service.lifecycle.Phases;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/// A UDP port: one thread reads datagrams into a queue.
final class UdpReceiverServer implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(UdpReceiverServer.class);

  /// What the kernel is asked for when `socket_buffer_size` is 0; it gives what it allows.
  private static final int DEFAULT_SOCKET_BYTES = 4 << 20;

  private static final List<Path> SOCKET_TABLES =
      List.of(Path.of("/proc/net/udp"), Path.of("/proc/net/udp6"));

  private final String key;
  private final InetSocketAddress address;
  private final UdpReceiver config;
  private final TracesConsumer consumer;
  private final DatagramQueue queue;
  private final UdpCounters counters;
  private final Duration grace;
  private @Nullable DatagramChannel channel;

  private @Nullable Thread reader;

  /// @param key configuration key of the port, such as
  ///   `distributor.receivers.jaeger.protocols.thrift_compact`
  /// @param grace how long datagrams in the queue may take when the process stops
  UdpReceiverServer(
      String key,
      InetSocketAddress address,
      UdpReceiver config,
      TracesConsumer consumer,
      DatagramQueue queue,
      UdpCounters counters,
      Duration grace) {
    this.key = key;
    this.address = address;
    this.config = config;
    this.consumer = consumer;
    this.queue = queue;
    this.counters = counters;
    this.grace = grace;
  }

  /// The port that is listened on.
  int port() {
    DatagramChannel open = channel;
    return open == null ? address.getPort() : open.socket().getLocalPort();
  }

  @Override
  public void start() {
    try {
      DatagramChannel open = DatagramChannel.open();
      channel = open;
      setBuffer(open);
      open.bind(address);
      counters.export(new KernelDrops(SOCKET_TABLES, port()));
      reader = Thread.ofPlatform().daemon().name("receiver-" + port()).start(() -> read(open));
    } catch (IOException e) {
      throw new PortUnavailableException(
          key + ".endpoint: " + config.endpoint(), String.valueOf(e.getMessage()), e);
    }
  }

  private void setBuffer(DatagramChannel open) throws IOException {
    int wanted = config.socketBufferSize();
    open.setOption(StandardSocketOptions.SO_RCVBUF, wanted > 0 ? wanted : DEFAULT_SOCKET_BYTES);
    int got = open.getOption(StandardSocketOptions.SO_RCVBUF);
    if (got < wanted) {
      LOG.warn(
          "msg=\"the system allows a smaller socket buffer\" key={}.socket_buffer_size"
              + " wanted={} got={}",
          key,
          wanted,
          got);
    }
  }

  private void read(DatagramChannel open) {
    // one byte more than allowed shows that a datagram was longer
    ByteBuffer buffer = ByteBuffer.allocateDirect(config.maxPacketSize() + 1);
    while (open.isOpen()) {
      try {
        buffer.clear();
        open.receive(buffer);
        buffer.flip();
        accept(buffer);
      } catch (ClosedChannelException _) {
        return;
      } catch (IOException e) {
        LOG.warn("msg=\"a datagram could not be read\" key={} err=\"{}\"", key, e.getMessage());
      }
    }
  }

  private void accept(ByteBuffer buffer) {
    counters.received();
    if (buffer.remaining() > config.maxPacketSize()) {
      consumer.decodeFailed(DecodeFailure.TRUNCATED);
      counters.dropped(Drop.TRUNCATED, 1);
      return;
    }
    byte[] datagram = new byte[buffer.remaining()];
    buffer.get(datagram);
    queue.add(datagram);
  }

  @Override
  public void stop() {
    try {
      if (channel != null) {
        channel.close();
      }
      if (reader != null) {
        reader.join(grace);
        reader = null;
      }
      queue.close(grace);
    } catch (IOException e) {
      throw new IllegalStateException(key + ": did not stop", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return reader != null;
  }

  @Override
  public int getPhase() {
    return Phases.RECEIVERS;
  }
}
