package io.vivace.service.launch;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/// What a process runs: one of the six services, or all of them.
public enum Target {
  /// Every service in one process.
  ALL("all"),
  /// Receives spans.
  DISTRIBUTOR("distributor"),
  /// Holds recent traces.
  INGESTER("ingester"),
  /// Reads traces.
  QUERIER("querier"),
  /// Splits and combines queries.
  QUERY_FRONTEND("query-frontend"),
  /// Merges and deletes blocks.
  COMPACTOR("compactor"),
  /// The single entry point.
  GATEWAY("gateway");

  private final String text;

  Target(String text) {
    this.text = text;
  }

  /// The word of `-target`.
  public String text() {
    return text;
  }

  /// The target of this name. `scalable-single-binary` is `all`: the rings of both are the same
  /// here.
  public static Optional<Target> of(String name) {
    if (name.equals("scalable-single-binary")) {
      return Optional.of(ALL);
    }
    return Arrays.stream(values()).filter(target -> target.text.equals(name)).findFirst();
  }

  /// Every word of `-target`, for error texts.
  public static String names() {
    return Arrays.stream(values()).map(Target::text).collect(Collectors.joining(", "));
  }
}
