package io.vivace.distributor.receiver.jaeger.sampling;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// A file of sampling strategies, as Jaeger documents it ("Sampling", file-based strategies).
///
/// @param defaultStrategy for services that are not named; a thousandth when there is none
/// @param services strategies of services
record StrategyFile(
    @JsonProperty("default_strategy") @Nullable Strategy defaultStrategy,
    @JsonProperty("service_strategies") @Nullable List<Strategy> services) {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  /// What is kept of a service.
  ///
  /// @param service whose strategy this is, null for the default
  /// @param type `probabilistic` or `ratelimiting`
  /// @param param the probability, or traces a second
  /// @param operations strategies of operations of the service
  record Strategy(
      @Nullable String service,
      @Nullable String type,
      double param,
      @JsonProperty("operation_strategies") @Nullable List<Operation> operations) {
    List<Operation> operationsOrNone() {
      return operations == null ? List.of() : operations;
    }
  }

  /// What is kept of an operation.
  record Operation(@Nullable String operation, @Nullable String type, double param) {}

  /// Reads a file.
  ///
  /// @throws IllegalArgumentException when it is none
  static StrategyFile parse(byte[] json) {
    try {
      return JSON.readValue(json, StrategyFile.class);
    } catch (JacksonException e) {
      throw new IllegalArgumentException(
          "sampling strategies: " + e.getOriginalMessage() + " (expected: a file of Jaeger)", e);
    }
  }

  List<Strategy> servicesOrNone() {
    return services == null ? List.of() : services;
  }
}
