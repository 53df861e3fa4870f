package io.vivace.distributor.receiver.jaeger;

import io.vivace.distributor.PushException;
import io.vivace.distributor.receiver.DecodeFailure;
import io.vivace.distributor.receiver.TracesConsumer;
import io.vivace.distributor.receiver.jaeger.UdpCounters.Drop;
import io.vivace.service.log.RateLimitedLog;
import io.vivace.wire.otlp.MalformedOtlpException;
import io.vivace.wire.otlp.OtlpScanner;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Stores the spans of datagrams, several datagrams in one request: a request waits for a disk, and
/// agents send a span or two at a time. Every datagram is stored or counted.
final class DatagramStore {
  private static final Logger LOG = LoggerFactory.getLogger(DatagramStore.class);

  /// How large requests that are put together may grow.
  private static final int REQUEST_BYTES = 256 << 10;

  private final AgentMessage.Protocol protocol;
  private final TracesConsumer consumer;
  private final String tenant;
  private final UdpCounters counters;
  private final RateLimitedLog log;

  /// @param tenant whose spans these are: a datagram cannot say
  DatagramStore(
      AgentMessage.Protocol protocol,
      TracesConsumer consumer,
      String tenant,
      UdpCounters counters,
      RateLimitedLog log) {
    this.protocol = protocol;
    this.consumer = consumer;
    this.tenant = tenant;
    this.counters = counters;
    this.log = log;
  }

  /// Stores what came in, or counts why not.
  void store(List<byte[]> datagrams) {
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    int count = 0;
    for (byte[] datagram : datagrams) {
      byte[] otlp = translate(datagram);
      if (otlp == null || otlp.length == 0) {
        continue;
      }
      if (isIllegal(otlp)) {
        // alone, so that it does not take others down with it
        push(otlp, 1);
        continue;
      }
      if (count > 0 && request.size() + otlp.length > REQUEST_BYTES) {
        push(request.toByteArray(), count);
        request.reset();
        count = 0;
      }
      // repeated fields that follow each other are one message
      request.writeBytes(otlp);
      count++;
    }
    if (count > 0) {
      push(request.toByteArray(), count);
    }
  }

  private byte @Nullable [] translate(byte[] datagram) {
    try {
      return AgentMessage.translate(datagram, protocol);
    } catch (MalformedOtlpException e) {
      malformed(e, 1);
    } catch (AgentMessage.UnknownException e) {
      consumer.decodeFailed(DecodeFailure.UNSUPPORTED_TYPE);
      dropped(Drop.UNKNOWN_MESSAGE, 1, e);
    }
    return null;
  }

  private static boolean isIllegal(byte[] otlp) {
    try {
      return OtlpScanner.scan(otlp).invalidId() != null;
    } catch (MalformedOtlpException _) {
      return true;
    }
  }

  private void push(byte[] otlp, int datagrams) {
    try {
      consumer.consume(List.of(tenant), otlp);
    } catch (MalformedOtlpException e) {
      malformed(e, datagrams);
    } catch (PushException e) {
      dropped(Drop.REFUSED, datagrams, e);
    }
  }

  private void malformed(MalformedOtlpException e, int datagrams) {
    consumer.decodeFailed(DecodeFailure.MALFORMED);
    dropped(Drop.MALFORMED, datagrams, e);
  }

  private void dropped(Drop reason, int datagrams, Exception cause) {
    counters.dropped(reason, datagrams);
    log.warn(
        LOG,
        "spans of a datagram were not stored",
        tenant,
        "err",
        String.valueOf(cause.getMessage()));
  }
}
