package io.vivace.distributor.receiver.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.grpc.Status;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.vivace.distributor.PushException;
import io.vivace.distributor.receiver.DecodeFailure;
import io.vivace.distributor.receiver.ReceiverLedger;
import io.vivace.distributor.receiver.RecordingConsumers;
import io.vivace.service.config.ConfigLoader;
import io.vivace.service.config.KafkaReceiverConfig;
import io.vivace.testkit.Traces;
import io.vivace.wire.TraceId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaReceiverTest {
  private static final String KEY = "distributor.receivers.kafka";
  private static final String RECEIVER = "kafka/kafka_receiver";
  private static final TopicPartition PARTITION = new TopicPartition("otlp_spans", 0);
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final RecordingConsumers traces = new RecordingConsumers();
  private final MockConsumer<byte[], byte[]> broker = new MockConsumer<>("earliest");
  private @Nullable KafkaReceiver receiver;
  private long offset;

  @AfterEach
  void stop() {
    if (receiver != null) {
      receiver.stop();
    }
  }

  @Test
  void takesMessagesWithTheTenantOfTheirHeader() throws Exception {
    start("{}");
    send(request(1), Map.of("x-scope-orgid", "team-a"));
    await().atMost(PATIENCE).until(() -> traces.received().size() == 1);
    assertThat(traces.received().getFirst().tenants()).containsExactly("team-a");
    assertThat(traces.received().getFirst().otlp()).isEqualTo(request(1));
    assertThat(traces.received().getFirst().transport()).isEqualTo("kafka");
  }

  @Test
  void storesProgressOnlyAfterTheSpans() throws Exception {
    traces.refuseWith(new PushException(Status.Code.UNAVAILABLE, "no ingester"));
    start("{autocommit: {interval: 1ns}}");
    send(request(1), Map.of());
    await().atMost(PATIENCE).until(() -> traces.refusals() == 1);
    await().atMost(PATIENCE).until(() -> broker.paused().contains(PARTITION));
    assertThat(broker.position(PARTITION)).isZero();
    assertThat(broker.committed(Set.of(PARTITION)).get(PARTITION)).isNull();

    traces.refuseWith(null);
    // unlike a broker, the stand-in forgets what it gave once: it is given the same message again
    offset = 0;
    send(request(1), Map.of());
    await().atMost(PATIENCE).until(() -> committed() == 1);
    assertThat(traces.received()).isNotEmpty();
  }

  @Test
  void passesOverMessagesThatNobodyCanTake() throws Exception {
    start("{autocommit: {interval: 1ns}}");
    send("no protobuf".getBytes(UTF_8), Map.of());
    send(request(2), Map.of());
    await().atMost(PATIENCE).until(() -> committed() == 2);
  }

  @Test
  void passesOverWhatCanNeverBeTaken() throws Exception {
    traces.refuseWith(new PushException(Status.Code.UNAVAILABLE, "no org id").forGood());
    start("{autocommit: {interval: 1ns}}");
    send(request(1), Map.of());
    await().atMost(PATIENCE).until(() -> committed() == 1);
  }

  @Test
  void readsOnAfterAConsumerThatFailed() throws Exception {
    AtomicInteger made = new AtomicInteger();
    KafkaReceiver failing =
        new KafkaReceiver(
            KEY,
            new KafkaSettings(KEY, config("{}")),
            traces.consumer("kafka/kafka_receiver", "kafka"),
            () -> {
              if (made.getAndIncrement() == 0) {
                throw new KafkaException("no such host");
              }
              return broker;
            },
            System::nanoTime);
    receiver = failing;
    assign();
    failing.start();
    send(request(1), Map.of());
    await().atMost(PATIENCE).until(() -> traces.received().size() == 1);
  }

  @Test
  void countsMessagesThatCannotBeDecoded() throws Exception {
    start("{traces: {encoding: zipkin_json}}");
    send("[{".getBytes(UTF_8), Map.of());
    await().atMost(PATIENCE).until(() -> !traces.failures().isEmpty());
    assertThat(traces.failures()).containsExactly(DecodeFailure.MALFORMED);
  }

  @Test
  void writesConfiguredHeadersIntoResources() throws Exception {
    start("{header_extraction: {extract_headers: true, headers: [region]}}");
    send(request(1), Map.of("region", "eu"));
    await().atMost(PATIENCE).until(() -> traces.received().size() == 1);
    assertThat(
            ExportTraceServiceRequest.parseFrom(traces.received().getFirst().otlp())
                .getResourceSpans(0)
                .getResource()
                .getAttributesList())
        .anySatisfy(attribute -> {
          assertThat(attribute.getKey()).isEqualTo("kafka.header.region");
          assertThat(attribute.getValue().getStringValue()).isEqualTo("eu");
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{initial_offset: middle}",
        "{traces: {encoding: morse}}",
        "{group_rebalance_strategy: fair}",
        "{auth: {sasl: {mechanism: GSSAPI}}}",
        "{tls: {insecure_skip_verify: true}}",
        "{tls: {ca_file: /does/not/exist}}",
      })
  void namesTheKeyOfAWrongSetting(String yaml) {
    assertThatThrownBy(
            () -> {
              KafkaSettings settings = new KafkaSettings(KEY, config(yaml));
              settings.encoding();
              settings.properties();
            })
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(KEY + ".");
  }

  @Test
  void logsInWithNameAndPassword() throws Exception {
    String yaml =
        "{auth: {sasl: {mechanism: scram-sha-512, username: 'a\"b', password: c}}, tls: {}}";
    assertThat(new KafkaSettings(KEY, config(yaml)).properties())
        .containsEntry("security.protocol", "SASL_SSL")
        .containsEntry("sasl.mechanism", "SCRAM-SHA-512")
        .containsEntry(
            "sasl.jaas.config",
            "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"a\\\"b\""
                + " password=\"c\";");
  }

  /// Spans that the ingester refused come again; what can never be taken is counted and passed
  /// over.
  @Test
  void storesOrCountsEverySpan() throws Exception {
    ReceiverLedger ledger = new ReceiverLedger(Long.MAX_VALUE);
    AtomicLong nanos = new AtomicLong();
    KafkaReceiver made =
        new KafkaReceiver(
            KEY,
            new KafkaSettings(KEY, config("{autocommit: {interval: 1ns}}")),
            ledger.context().consumers().consumer(RECEIVER, "kafka"),
            () -> broker,
            () -> nanos.addAndGet(PATIENCE.toNanos()));
    receiver = made;
    assign();
    made.start();
    List<ConsumerRecord<byte[], byte[]>> log = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      log.add(record(request(1), Map.of("x-scope-orgid", "team-a")));
      log.add(record(request(2), Map.of()));
      log.add(record("no protobuf".getBytes(UTF_8), Map.of("x-scope-orgid", "team-a")));
    }
    await()
        .atMost(PATIENCE)
        .until(() -> {
          broker.schedulePollTask(() -> giveFromPosition(log));
          return committed() == log.size();
        });

    assertThat(ledger.stored()).isEqualTo(10);
    assertThat(ledger.count("tempo_receiver_accepted_spans", RECEIVER, "kafka")).isEqualTo(10);
    assertThat(ledger.count("tempo_receiver_refused_spans", RECEIVER, "kafka"))
        .as("without a tenant, and those that the ingester refused at first")
        .isGreaterThan(10);
    assertThat(ledger.count("tempo_receiver_decode_failures", RECEIVER, "kafka")).isEqualTo(10);
  }

  /// What a broker does and its stand-in does not: gives again what was asked for again.
  private void giveFromPosition(List<ConsumerRecord<byte[], byte[]>> log) {
    if (broker.assignment().contains(PARTITION) && !broker.paused().contains(PARTITION)) {
      log.stream()
          .filter(record -> record.offset() >= broker.position(PARTITION))
          .forEach(broker::addRecord);
    }
  }

  private long committed() {
    OffsetAndMetadata metadata = broker.committed(Set.of(PARTITION)).get(PARTITION);
    return metadata == null ? -1 : metadata.offset();
  }

  private void start(String yaml) throws Exception {
    KafkaReceiver made =
        new KafkaReceiver(
            KEY,
            new KafkaSettings(KEY, config(yaml)),
            traces.consumer("kafka/kafka_receiver", "kafka"),
            () -> broker,
            System::nanoTime);
    receiver = made;
    assign();
    made.start();
  }

  private void assign() {
    broker.schedulePollTask(() -> {
      broker.rebalance(List.of(PARTITION));
      broker.updateBeginningOffsets(Map.of(PARTITION, 0L));
    });
  }

  private static KafkaReceiverConfig config(String yaml) throws Exception {
    return Objects.requireNonNull(
        ConfigLoader.parse("distributor: {receivers: {kafka: " + yaml + "}}", Map.of())
            .config()
            .distributor()
            .receivers()
            .kafka()
            .get("kafka"));
  }

  private void send(byte[] value, Map<String, String> headers) {
    ConsumerRecord<byte[], byte[]> record = record(value, headers);
    broker.schedulePollTask(() -> broker.addRecord(record));
  }

  private ConsumerRecord<byte[], byte[]> record(byte[] value, Map<String, String> headers) {
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>(PARTITION.topic(), PARTITION.partition(), offset++, null, value);
    headers.forEach((name, text) -> record.headers().add(name, text.getBytes(UTF_8)));
    return record;
  }

  private static byte[] request(int seed) {
    return ExportTraceServiceRequest.newBuilder()
        .addAllResourceSpans(
            Traces.trace(TraceId.ofHex("0" + seed), "shop", 1, 1).getResourceSpansList())
        .build()
        .toByteArray();
  }
}
