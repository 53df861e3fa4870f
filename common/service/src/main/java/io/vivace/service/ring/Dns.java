package io.vivace.service.ring;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.handler.codec.dns.DefaultDnsQuestion;
import io.netty.handler.codec.dns.DefaultDnsRecordDecoder;
import io.netty.handler.codec.dns.DnsRawRecord;
import io.netty.handler.codec.dns.DnsRecord;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Names as the machine resolves them: addresses through the system, services through its name
/// servers. The name of a service is taken as it is: no search domain is tried.
public final class Dns implements NameService {
  private static final int TIMEOUT_SECONDS = 5;

  @Override
  public List<InetAddress> addresses(String host) throws UnknownHostException {
    return List.of(InetAddress.getAllByName(host));
  }

  @Override
  public List<Target> services(String name) throws IOException {
    EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    try (DnsNameResolver resolver =
        new DnsNameResolverBuilder(group.next())
            .datagramChannelType(NioDatagramChannel.class)
            .build()) {
      Future<List<DnsRecord>> answer =
          resolver.resolveAll(new DefaultDnsQuestion(name, DnsRecordType.SRV));
      if (!answer.await(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException(name + ": no answer (expected: DNS records SRV)");
      }
      if (!answer.isSuccess()) {
        throw new IOException(name + ": not found (expected: DNS records SRV)", answer.cause());
      }
      return targets(answer.getNow());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(name + ": interrupted", e);
    } finally {
      Future<?> _ = group.shutdownGracefully(0, 0, TimeUnit.SECONDS);
    }
  }

  private static List<Target> targets(List<DnsRecord> records) {
    List<Target> targets = new ArrayList<>();
    for (DnsRecord record : records) {
      if (record instanceof DnsRawRecord raw && raw.type().equals(DnsRecordType.SRV)) {
        targets.add(target(raw.content()));
      }
      ReferenceCountUtil.release(record);
    }
    return targets;
  }

  /// Priority, weight, port, name: RFC 2782.
  private static Target target(ByteBuf data) {
    data.skipBytes(2 * Short.BYTES);
    int port = data.readUnsignedShort();
    String host = DefaultDnsRecordDecoder.decodeName(data);
    return new Target(host.endsWith(".") ? host.substring(0, host.length() - 1) : host, port);
  }
}
