package io.vivace.distributor.receiver.jaeger.sampling;

import io.vivace.distributor.receiver.jaeger.sampling.StrategyFile.Operation;
import io.vivace.distributor.receiver.jaeger.sampling.StrategyFile.Strategy;
import io.vivace.distributor.receiver.jaeger.sampling.proto.OperationSamplingStrategy;
import io.vivace.distributor.receiver.jaeger.sampling.proto.PerOperationSamplingStrategies;
import io.vivace.distributor.receiver.jaeger.sampling.proto.ProbabilisticSamplingStrategy;
import io.vivace.distributor.receiver.jaeger.sampling.proto.RateLimitingSamplingStrategy;
import io.vivace.distributor.receiver.jaeger.sampling.proto.SamplingStrategyResponse;
import io.vivace.distributor.receiver.jaeger.sampling.proto.SamplingStrategyType;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Sampling strategies by service, by the rules of Jaeger's collector: strategies of operations of
/// the default hold for every service, after the service's own.
final class SamplingStrategies {
  /// What Jaeger keeps where nothing is said.
  private static final double DEFAULT_PROBABILITY = 0.001;

  private final SamplingStrategyResponse byDefault;
  private final Map<String, SamplingStrategyResponse> byService = new HashMap<>();

  private SamplingStrategies(SamplingStrategyResponse byDefault) {
    this.byDefault = byDefault;
  }

  /// A thousandth of everything.
  static SamplingStrategies none() {
    return new SamplingStrategies(probabilistic(DEFAULT_PROBABILITY).build());
  }

  /// The strategies of a file.
  ///
  /// @throws IllegalArgumentException when one of them is none
  static SamplingStrategies of(StrategyFile file) {
    Strategy defaultStrategy = file.defaultStrategy();
    SamplingStrategies strategies =
        defaultStrategy == null
            ? none()
            : new SamplingStrategies(response("default_strategy", defaultStrategy).build());
    for (Strategy strategy : file.servicesOrNone()) {
      String service = Objects.requireNonNullElse(strategy.service(), "");
      if (service.isEmpty()) {
        throw new IllegalArgumentException(
            "service_strategies: no service (expected: its name in each)");
      }
      strategies.byService.put(service, strategies.withDefaults(response(service, strategy)));
    }
    return strategies;
  }

  /// What to tell a service.
  SamplingStrategyResponse of(String service) {
    return byService.getOrDefault(service, byDefault);
  }

  private SamplingStrategyResponse withDefaults(SamplingStrategyResponse.Builder response) {
    PerOperationSamplingStrategies defaults = byDefault.getOperationSampling();
    if (defaults.getPerOperationStrategiesCount() == 0) {
      return response.build();
    }
    PerOperationSamplingStrategies.Builder merged = response.getOperationSamplingBuilder();
    Map<String, OperationSamplingStrategy> operations = new LinkedHashMap<>();
    merged
        .getPerOperationStrategiesList()
        .forEach(operation -> operations.put(operation.getOperation(), operation));
    defaults
        .getPerOperationStrategiesList()
        .forEach(operation -> operations.putIfAbsent(operation.getOperation(), operation));
    merged.clearPerOperationStrategies().addAllPerOperationStrategies(operations.values());
    boolean probabilistic = response.getStrategyType() == SamplingStrategyType.PROBABILISTIC;
    merged.setDefaultSamplingProbability(
        probabilistic
            ? response.getProbabilisticSampling().getSamplingRate()
            : defaults.getDefaultSamplingProbability());
    return response.build();
  }

  private static SamplingStrategyResponse.Builder response(String name, Strategy strategy) {
    SamplingStrategyResponse.Builder response =
        switch (Objects.requireNonNullElse(strategy.type(), "")) {
          case "probabilistic" -> probabilistic(probability(name, strategy.param()));
          case "ratelimiting" -> rateLimiting(name, strategy.param());
          default -> throw type(name, strategy.type(), "probabilistic or ratelimiting");
        };
    if (!strategy.operationsOrNone().isEmpty()) {
      boolean isProbabilistic = response.getStrategyType() == SamplingStrategyType.PROBABILISTIC;
      PerOperationSamplingStrategies.Builder operations =
          response
              .getOperationSamplingBuilder()
              .setDefaultSamplingProbability(
                  isProbabilistic ? strategy.param() : DEFAULT_PROBABILITY);
      strategy.operationsOrNone().stream()
          .map(operation -> operation(name, operation))
          .forEach(operations::addPerOperationStrategies);
    }
    return response;
  }

  private static OperationSamplingStrategy operation(String service, Operation operation) {
    String name = service + ": " + operation.operation();
    if (!"probabilistic".equals(operation.type())) {
      throw type(name, operation.type(), "probabilistic");
    }
    return OperationSamplingStrategy.newBuilder()
        .setOperation(Objects.requireNonNullElse(operation.operation(), ""))
        .setProbabilisticSampling(
            ProbabilisticSamplingStrategy.newBuilder()
                .setSamplingRate(probability(name, operation.param())))
        .build();
  }

  private static SamplingStrategyResponse.Builder probabilistic(double probability) {
    return SamplingStrategyResponse.newBuilder()
        .setStrategyType(SamplingStrategyType.PROBABILISTIC)
        .setProbabilisticSampling(
            ProbabilisticSamplingStrategy.newBuilder().setSamplingRate(probability));
  }

  private static SamplingStrategyResponse.Builder rateLimiting(String name, double param) {
    if (param < 0 || param > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          name + ": param: " + param + " (expected: traces a second)");
    }
    return SamplingStrategyResponse.newBuilder()
        .setStrategyType(SamplingStrategyType.RATE_LIMITING)
        .setRateLimitingSampling(
            RateLimitingSamplingStrategy.newBuilder().setMaxTracesPerSecond((int) param));
  }

  private static double probability(String name, double param) {
    if (!(param >= 0 && param <= 1)) {
      throw new IllegalArgumentException(name + ": param: " + param + " (expected: 0 to 1)");
    }
    return param;
  }

  private static IllegalArgumentException type(
      String name, @Nullable String type, String expected) {
    return new IllegalArgumentException(
        "%s: type: %s (expected: %s)".formatted(name, type, expected));
  }
}
