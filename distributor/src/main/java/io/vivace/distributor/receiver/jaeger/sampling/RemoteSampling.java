package io.vivace.distributor.receiver.jaeger.sampling;

import io.vivace.distributor.receiver.jaeger.sampling.proto.SamplingStrategyResponse;
import io.vivace.service.config.ReceiversConfig.RemoteSamplingConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The sampling strategies of a receiver, read again from their file when they are old. A file that
/// became wrong leaves them as they were.
public final class RemoteSampling {
  private static final Logger LOG = LoggerFactory.getLogger(RemoteSampling.class);

  private final String key;
  private final Path file;
  private final long intervalNanos;
  private final LongSupplier nanoTime;
  private SamplingStrategies strategies;
  private long readAt;

  private RemoteSampling(
      String key,
      Path file,
      Duration interval,
      SamplingStrategies strategies,
      LongSupplier nanoTime) {
    this.key = key;
    this.file = file;
    this.intervalNanos = interval.toNanos();
    this.strategies = strategies;
    this.nanoTime = nanoTime;
    this.readAt = nanoTime.getAsLong();
  }

  /// Reads the strategies.
  ///
  /// @param key configuration key, such as `distributor.receivers.jaeger.remote_sampling`
  /// @param nanoTime a monotonic clock in nanoseconds
  /// @throws IllegalArgumentException when the file is none
  public static RemoteSampling open(
      String key, RemoteSamplingConfig config, LongSupplier nanoTime) {
    if (config.strategyFile().isEmpty()) {
      return new RemoteSampling(
          key, Path.of(""), Duration.ZERO, SamplingStrategies.none(), nanoTime);
    }
    Path file = Path.of(config.strategyFile());
    try {
      return new RemoteSampling(
          key, file, config.strategyFileReloadInterval(), read(file), nanoTime);
    } catch (IOException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          key + ".strategy_file: " + file + ": " + e.getMessage(), e);
    }
  }

  /// What to tell a service.
  SamplingStrategyResponse of(String service) {
    return current().of(service);
  }

  private synchronized SamplingStrategies current() {
    long now = nanoTime.getAsLong();
    if (intervalNanos > 0 && now - readAt >= intervalNanos) {
      readAt = now;
      try {
        strategies = read(file);
      } catch (IOException | IllegalArgumentException e) {
        LOG.warn(
            "msg=\"sampling strategies stay as they were\" key={}.strategy_file err=\"{}\"",
            key,
            e.getMessage());
      }
    }
    return strategies;
  }

  private static SamplingStrategies read(Path file) throws IOException {
    return SamplingStrategies.of(StrategyFile.parse(Files.readAllBytes(file)));
  }
}
