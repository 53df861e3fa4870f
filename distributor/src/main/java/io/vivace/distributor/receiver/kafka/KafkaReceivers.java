package io.vivace.distributor.receiver.kafka;

import io.vivace.distributor.receiver.ReceiverContext;
import io.vivace.service.config.KafkaReceiverConfig;
import java.util.List;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.springframework.context.SmartLifecycle;

/// The consumers of a Kafka receiver.
public final class KafkaReceivers {
  private static final String RECEIVER = "kafka/kafka_receiver";

  private KafkaReceivers() {}

  /// The consumer of `config`. Its settings are checked here; brokers are looked for when it runs.
  ///
  /// @param key configuration key, such as `distributor.receivers.kafka`
  public static List<SmartLifecycle> servers(
      String key, KafkaReceiverConfig config, ReceiverContext context) {
    KafkaSettings settings = new KafkaSettings(key, config);
    return List.of(
        new KafkaReceiver(
            key,
            settings,
            context.consumers().consumer(RECEIVER, "kafka"),
            () ->
                new KafkaConsumer<>(
                    settings.properties(),
                    new ByteArrayDeserializer(),
                    new ByteArrayDeserializer()),
            System::nanoTime));
  }
}
