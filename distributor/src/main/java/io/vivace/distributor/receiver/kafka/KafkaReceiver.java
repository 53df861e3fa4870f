package io.vivace.distributor.receiver.kafka;

import io.vivace.distributor.PushException;
import io.vivace.distributor.receiver.DecodeFailure;
import io.vivace.distributor.receiver.TracesConsumer;
import io.vivace.service.lifecycle.Phases;
import io.vivace.wire.otlp.MalformedOtlpException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/// Reads one topic in one thread. A message counts as read when its spans are stored, or when
/// nobody can ever take it; what could not be stored for now is read again after a pause. So every
/// message is taken at least once.
final class KafkaReceiver implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaReceiver.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration LAST_COMMIT = Duration.ofSeconds(5);
  private static final String TENANT = "X-Scope-OrgID";

  private final String key;
  private final KafkaSettings settings;
  private final MessageTranslator translator;
  private final TracesConsumer traces;
  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final LongSupplier nanoTime;
  private final Map<TopicPartition, OffsetAndMetadata> done = new HashMap<>();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile @Nullable Consumer<byte[], byte[]> consumer;
  private volatile @Nullable Thread thread;
  private volatile boolean running;
  private long committed;
  private long pausedAt;

  /// @param key configuration key, for logs
  /// @param consumers makes a consumer of the group
  /// @param nanoTime a monotonic clock
  KafkaReceiver(
      String key,
      KafkaSettings settings,
      TracesConsumer traces,
      Supplier<Consumer<byte[], byte[]>> consumers,
      LongSupplier nanoTime) {
    this.key = key;
    this.settings = settings;
    this.translator =
        new MessageTranslator(settings.encoding(), settings.config().headerExtraction());
    this.traces = traces;
    this.consumers = consumers;
    this.nanoTime = nanoTime;
  }

  @Override
  public void start() {
    running = true;
    thread = Thread.ofPlatform().name("receiver-kafka").daemon().start(this::run);
  }

  /// Reads until the stop. A consumer that cannot be made or that failed is replaced after a pause.
  private void run() {
    while (!stopsWithin(Duration.ZERO)) {
      try (Consumer<byte[], byte[]> from = consumers.get()) {
        consumer = from;
        read(from);
      } catch (WakeupException e) {
        LOG.debug("msg=\"woken up for the stop\" key={}", key);
      } catch (RuntimeException e) {
        LOG.error("msg=\"kafka consumer failed, a new one is made\" key={}", key, e);
        if (stopsWithin(PAUSE)) {
          return;
        }
      }
    }
  }

  private boolean stopsWithin(Duration time) {
    try {
      return stopped.await(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private void read(Consumer<byte[], byte[]> from) {
    done.clear();
    from.subscribe(List.of(settings.topic()), new Rebalance(from));
    try {
      while (running) {
        round(from);
      }
    } finally {
      commitAtTheEnd(from);
    }
  }

  private void commitAtTheEnd(Consumer<byte[], byte[]> from) {
    if (!settings.config().autocommit().enable()) {
      return;
    }
    try {
      from.commitSync(done, LAST_COMMIT);
    } catch (KafkaException e) {
      LOG.warn("msg=\"progress not stored: the last messages are read again\" key={}", key, e);
    }
  }

  /// One poll. What could not be stored pauses its partition: everything that was polled is either
  /// done or read again.
  private void round(Consumer<byte[], byte[]> from) {
    if (!from.paused().isEmpty() && nanoTime.getAsLong() - pausedAt >= PAUSE.toNanos()) {
      from.resume(from.paused());
    }
    ConsumerRecords<byte[], byte[]> records = from.poll(POLL);
    for (TopicPartition partition : records.partitions()) {
      for (ConsumerRecord<byte[], byte[]> record : records.records(partition)) {
        if (!running) {
          return;
        }
        if (!take(record)) {
          from.seek(partition, record.offset());
          from.pause(List.of(partition));
          pausedAt = nanoTime.getAsLong();
          break;
        }
        done.put(partition, new OffsetAndMetadata(record.offset() + 1));
      }
    }
    commit(from);
  }

  /// Whether the message needs no further try.
  private boolean take(ConsumerRecord<byte[], byte[]> record) {
    try {
      byte[] value = record.value();
      if (value != null) {
        traces.consume(tenants(record), translator.toOtlp(value, record.headers()));
      }
      return true;
    } catch (MalformedOtlpException e) {
      traces.decodeFailed(DecodeFailure.MALFORMED);
      return skip(record, e);
    } catch (PushException e) {
      if (e.lasting()) {
        return skip(record, e);
      }
      return switch (e.code()) {
        case INVALID_ARGUMENT, UNAUTHENTICATED, PERMISSION_DENIED, UNIMPLEMENTED -> skip(record, e);
        default -> {
          warn("message not stored, it is read again", record, e);
          yield false;
        }
      };
    }
  }

  /// A message that nobody can take: passed over, unless the configuration says to stay
  /// (`message_marking`).
  private boolean skip(ConsumerRecord<byte[], byte[]> record, Exception reason) {
    boolean stay =
        settings.config().messageMarking().after() && !settings.config().messageMarking().onError();
    warn(
        stay ? "message refused, it is read again" : "message refused, passed over",
        record,
        reason);
    return !stay;
  }

  private void warn(String text, ConsumerRecord<byte[], byte[]> record, Exception reason) {
    LOG.warn(
        "msg=\"{}\" key={} topic={} partition={} offset={} err=\"{}\"",
        text,
        key,
        record.topic(),
        record.partition(),
        record.offset(),
        reason.getMessage());
  }

  private static List<String> tenants(ConsumerRecord<byte[], byte[]> record) {
    List<String> tenants = new ArrayList<>();
    for (Header header : record.headers()) {
      if (header.key().equalsIgnoreCase(TENANT) && header.value() != null) {
        tenants.add(new String(header.value(), StandardCharsets.UTF_8));
      }
    }
    return tenants;
  }

  private void commit(Consumer<byte[], byte[]> from) {
    long now = nanoTime.getAsLong();
    if (!done.isEmpty()
        && settings.config().autocommit().enable()
        && now - committed >= settings.config().autocommit().interval().toNanos()) {
      committed = now;
      from.commitAsync(
          new HashMap<>(done),
          (offsets, error) -> {
            if (error != null) {
              LOG.warn("msg=\"progress not stored yet\" key={}", key, error);
            }
          });
    }
  }

  @Override
  public void stop() {
    running = false;
    stopped.countDown();
    Consumer<byte[], byte[]> current = consumer;
    Thread reading = thread;
    if (reading == null) {
      return;
    }
    if (current != null) {
      current.wakeup();
    }
    try {
      reading.join(Duration.ofSeconds(30));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return Phases.RECEIVERS;
  }

  /// Stores the progress of partitions before others read them.
  private final class Rebalance implements ConsumerRebalanceListener {
    private final Consumer<byte[], byte[]> from;

    Rebalance(Consumer<byte[], byte[]> from) {
      this.from = from;
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      commitAtTheEnd(from);
      done.keySet().removeAll(partitions);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      done.keySet().removeAll(partitions);
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      LOG.info("msg=\"reading\" key={} partitions=\"{}\"", key, partitions);
    }
  }
}
