package io.vivace.clients.jaeger;

import io.jaegertracing.agent.thrift.Agent;
import io.jaegertracing.internal.exceptions.SenderException;
import io.jaegertracing.thrift.internal.senders.ThriftSender;
import io.jaegertracing.thriftjava.Batch;
import io.jaegertracing.thriftjava.Process;
import io.jaegertracing.thriftjava.Span;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.List;
import org.apache.thrift.TException;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.apache.thrift.transport.TMemoryBuffer;
import org.apache.thrift.transport.TTransportException;

/// Frames what Jaeger's client sends as a call of the agent in Thrift's binary protocol: the client
/// itself sends the compact one only.
final class BinaryUdpSender extends ThriftSender {
  private static final int MAX_PACKET_BYTES = 65_000;

  private final int port;

  BinaryUdpSender(int port) throws TTransportException {
    super(ProtocolType.Binary, MAX_PACKET_BYTES);
    this.port = port;
  }

  @Override
  public void send(Process process, List<Span> spans) throws SenderException {
    try (DatagramSocket socket = new DatagramSocket()) {
      TMemoryBuffer buffer = new TMemoryBuffer(MAX_PACKET_BYTES);
      new Agent.Client(new TBinaryProtocol(buffer)).emitBatch(new Batch(process, spans));
      socket.send(
          new DatagramPacket(
              buffer.getArray(), buffer.length(), InetAddress.getLoopbackAddress(), port));
    } catch (TException | IOException e) {
      throw new SenderException("not sent", e, spans.size());
    }
  }
}
