package io.vivace.all.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.vivace.all.AllInOne;
import io.vivace.testkit.ForkedClient;
import io.vivace.testkit.Traces;
import io.vivace.wire.TraceId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A real broker in a JVM of its own, Kafka's own producer, and a consumer in Vivace.
@Tag("slow")
class KafkaClientsTest {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int TRACES = 200;
  private static final long START = 1_700_000_000L;

  @TempDir Path folder;

  @Test
  @Timeout(600)
  void everyMessageOfATopicIsReadAcrossARestart() throws Exception {
    List<Integer> ports = AllInOne.freePorts(4);
    String address = "127.0.0.1:" + ports.get(2);
    Path data = Files.createDirectory(folder.resolve("kafka"));
    try (ForkedClient broker =
        ForkedClient.start(
            "kafka-broker",
            "io.vivace.clients.kafka.KafkaBroker",
            folder.resolve("kafka.log"),
            List.of(data.toString(), "" + ports.get(2), "" + ports.get(3)))) {
      createTopics(address);
      assertThat(broker.isRunning()).isTrue();
      try (AllInOne vivace = start(ports, address)) {
        send(address, 0, TRACES / 2);
        awaitTraces(vivace, 0, TRACES / 2);
        sendZipkin(address);
        await()
            .atMost(PATIENCE)
            .until(() -> vivace.trace("00000000000000000000000000abcdef").isPresent());
        assertThat(vivace.search("{ resource.service.name = \"zipkin-shop\" }")).contains("abcdef");
        assertThat(vivace.metrics())
            .contains(
                "tempo_receiver_accepted_spans_total{receiver=\"kafka/kafka_receiver\",transport=\"kafka\"}");
      }
      send(address, TRACES / 2, TRACES);
      try (AllInOne vivace = start(ports, address)) {
        awaitTraces(vivace, 0, TRACES);
      }
    }
  }

  private AllInOne start(List<Integer> ports, String address) throws Exception {
    String consumer = "{brokers: ['%s'], initial_offset: earliest%s}";
    return AllInOne.start(
        folder,
        ports,
        "{kafka: "
            + consumer.formatted(address, "")
            + ", kafka/zipkin: "
            + consumer.formatted(
                address, ", group_id: zipkin, traces: {topic: zipkin, encoding: zipkin_json}")
            + "}");
  }

  private static void createTopics(String address) {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", address))) {
      await()
          .atMost(PATIENCE)
          .ignoreExceptions()
          .until(() -> !admin.describeCluster().nodes().get(5, TimeUnit.SECONDS).isEmpty());
      List<NewTopic> topics =
          List.of(new NewTopic("otlp_spans", 2, (short) 1), new NewTopic("zipkin", 1, (short) 1));
      await()
          .atMost(PATIENCE)
          .ignoreExceptions()
          .until(() -> {
            admin.createTopics(topics).all().get(30, TimeUnit.SECONDS);
            return true;
          });
    }
  }

  private static void send(String address, int from, int to) throws Exception {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    try (KafkaProducer<byte[], byte[]> producer = producer(address)) {
      for (int i = from; i < to; i++) {
        byte[] request =
            ExportTraceServiceRequest.newBuilder()
                .addAllResourceSpans(
                    Traces.trace(id(i), "kafka-shop", 3, START).getResourceSpansList())
                .build()
                .toByteArray();
        sent.add(producer.send(new ProducerRecord<>("otlp_spans", request)));
      }
      for (Future<RecordMetadata> each : sent) {
        each.get(1, TimeUnit.MINUTES);
      }
    }
  }

  private static void sendZipkin(String address) throws Exception {
    String spans =
        """
        [{"traceId":"abcdef","id":"1","name":"get","timestamp":1700000000000000,"duration":5,
          "localEndpoint":{"serviceName":"zipkin-shop"}}]
        """;
    try (KafkaProducer<byte[], byte[]> producer = producer(address)) {
      producer.send(new ProducerRecord<>("zipkin", spans.getBytes(UTF_8))).get(1, TimeUnit.MINUTES);
    }
  }

  private static KafkaProducer<byte[], byte[]> producer(String address) {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", address, "acks", "all"),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  private static void awaitTraces(AllInOne vivace, int from, int to) {
    for (int i = from; i < to; i++) {
      String id = id(i).toString();
      await("trace " + id)
          .atMost(PATIENCE)
          .untilAsserted(
              () -> assertThat(vivace.trace(id).map(Traces::spans)).as("trace %s", id).hasValue(3));
    }
  }

  private static TraceId id(int i) {
    return TraceId.ofHex("%032x".formatted(i + 1));
  }
}
