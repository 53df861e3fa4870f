package io.vivace.distributor.receiver.jaeger;

import static io.vivace.distributor.receiver.jaeger.RunningReceivers.ENDPOINT;
import static io.vivace.distributor.receiver.jaeger.Sample.batch;
import static io.vivace.distributor.receiver.jaeger.Sample.span;
import static io.vivace.distributor.receiver.jaeger.Sample.tag;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.twitter.zipkin.thriftjava.Annotation;
import com.twitter.zipkin.thriftjava.Endpoint;
import io.grpc.Status;
import io.jaegertracing.agent.thrift.Agent;
import io.vivace.distributor.PushException;
import io.vivace.distributor.receiver.DecodeFailure;
import io.vivace.distributor.receiver.RecordingConsumers;
import io.vivace.distributor.receiver.jaeger.UdpCounters.Drop;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.thrift.TBase;
import org.apache.thrift.protocol.TMessageType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Datagrams over real sockets of the loopback.
class UdpReceiverTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String DROPPED = "tempo_receiver_udp_packets_dropped";

  private @Nullable RunningReceivers receivers;

  @AfterEach
  void stop() {
    if (receivers != null) {
      receivers.close();
    }
  }

  @ParameterizedTest
  @ValueSource(bytes = {TMessageType.ONEWAY, TMessageType.CALL})
  void takesBatchesInTheCompactProtocol(byte type) throws Exception {
    start("thrift_compact", "");
    send(ThriftEncoder.compactMessage("emitBatch", type, emitBatch(span())));
    awaitSpans(1);
    assertThat(running().consumers.received().getFirst().tenants()).containsExactly("udp-tenant");
    assertThat(running().consumers.received().getFirst().transport())
        .isEqualTo("udp_thrift_compact");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void takesBatchesInTheBinaryProtocolWithStrictAndOldEnvelopes(boolean strict) throws Exception {
    start("thrift_binary", "");
    send(
        ThriftEncoder.binaryMessage(
            "emitBatch", TMessageType.ONEWAY, strict, emitBatch(span(), span())));
    awaitSpans(2);
  }

  @Test
  void translatesZipkinBatches() throws Exception {
    start("thrift_compact", "");
    send(ThriftEncoder.compactMessage("emitZipkinBatch", TMessageType.ONEWAY, emitZipkinBatch()));
    awaitSpans(1);
    assertThat(OtlpText.lines(running().consumers.received().getFirst().otlp()).getFirst())
        .contains("service.name=\"legacy\"", "get kind=SERVER");
  }

  @Test
  void storesOrCountsEveryDatagram() throws Exception {
    start("thrift_compact", ", max_packet_size: 2000");
    byte[] good = compact(span());
    int rounds = 200;
    for (int i = 0; i < rounds; i++) {
      send(good);
      send(Arrays.copyOf(good, good.length / 2));
      send(ThriftEncoder.compactMessage("emitOther", TMessageType.ONEWAY, emitBatch(span())));
      send(compact(span().with(tag("long", "x".repeat(2000)))));
      // wait for the four, so that the kernel's buffer is never the limit
      awaitPackets(4.0 * (i + 1));
    }
    running().stop();
    assertThat(spans()).isEqualTo(rounds);
    assertThat(dropped(Drop.MALFORMED)).isEqualTo(rounds);
    assertThat(dropped(Drop.UNKNOWN_MESSAGE)).isEqualTo(rounds);
    assertThat(dropped(Drop.TRUNCATED)).isEqualTo(rounds);
    assertThat(running().consumers.failures())
        .hasSize(3 * rounds)
        .contains(DecodeFailure.MALFORMED, DecodeFailure.UNSUPPORTED_TYPE, DecodeFailure.TRUNCATED);
  }

  @Test
  void countsRefusedDatagramsAndThoseThatDoNotFitInTheQueue() throws Exception {
    start("thrift_compact", ", queue_size: 1, workers: 1");
    running().consumers.refuseWith(new PushException(Status.Code.RESOURCE_EXHAUSTED, "full"));
    for (int i = 1; i <= 500; i++) {
      send(compact(span()));
      awaitPackets(i);
    }
    running().stop();
    assertThat(spans()).isZero();
    assertThat(dropped(Drop.REFUSED) + dropped(Drop.QUEUE_FULL)).isEqualTo(500);
    assertThat(dropped(Drop.REFUSED)).isPositive();
  }

  @Test
  void anIllegalSpanTakesNoOthersDown() throws Exception {
    start("thrift_compact", "");
    List<byte[]> datagrams =
        List.of(compact(span()), compact(span().withId(0, 0, 1)), compact(span()));
    for (byte[] datagram : datagrams) {
      send(datagram);
    }
    awaitPackets(3);
    running().stop();
    // the recorder takes the illegal one too; what counts is that it came alone
    assertThat(running().consumers.received())
        .anySatisfy(request ->
            assertThat(OtlpText.lines(request.otlp()))
                .singleElement()
                .asString()
                .contains(" /0000000000000001"));
    assertThat(spans()).isEqualTo(3);
  }

  private void start(String protocol, String settings) throws Exception {
    receivers =
        new RunningReceivers("protocols: {%s: {%s%s}}".formatted(protocol, ENDPOINT, settings));
  }

  private RunningReceivers running() {
    return Objects.requireNonNull(receivers);
  }

  private double packets() {
    return running().counter("tempo_receiver_udp_packets");
  }

  private double dropped(Drop reason) {
    return running().counter(DROPPED, "reason", reason.name().toLowerCase(Locale.ROOT));
  }

  private void awaitPackets(double count) {
    await().atMost(LIMIT).pollInterval(Duration.ofMillis(1)).until(() -> packets() == count);
  }

  private void awaitSpans(int count) {
    await().atMost(LIMIT).until(() -> spans() == count);
  }

  private int spans() throws IOException {
    int spans = 0;
    for (RecordingConsumers.Received request : running().consumers.received()) {
      spans += OtlpText.lines(request.otlp()).size();
    }
    return spans;
  }

  private void send(byte[] datagram) throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.send(
          new DatagramPacket(
              datagram, datagram.length, InetAddress.getLoopbackAddress(), running().udpPort()));
    }
  }

  private static byte[] compact(Sample.Span... spans) throws Exception {
    return ThriftEncoder.compactMessage("emitBatch", TMessageType.ONEWAY, emitBatch(spans));
  }

  private static TBase<?, ?> emitBatch(Sample.Span... spans) {
    return new Agent.emitBatch_args(ThriftEncoder.batch(batch(spans)));
  }

  private static TBase<?, ?> emitZipkinBatch() {
    Endpoint host = new Endpoint(0x7f000001, (short) 80, "legacy");
    com.twitter.zipkin.thriftjava.Span span =
        new com.twitter.zipkin.thriftjava.Span(
            5, "get", 6, List.of(new Annotation(1000, "sr").setHost(host)), List.of());
    return new Agent.emitZipkinBatch_args(List.of(span));
  }
}
