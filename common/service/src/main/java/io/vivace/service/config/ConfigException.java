package io.vivace.service.config;

import java.util.List;

/// The configuration cannot be used. [#problems()] holds every problem found, one sentence each.
public final class ConfigException extends Exception {
  private static final long serialVersionUID = 1L;

  private final List<String> problems;

  /// One problem.
  public ConfigException(String problem) {
    super(problem);
    this.problems = List.of(problem);
  }

  ConfigException(String problem, Throwable cause) {
    super(problem, cause);
    this.problems = List.of(problem);
  }

  /// Several problems at once; not empty.
  public ConfigException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  /// Every problem, in the order of the file.
  public List<String> problems() {
    return problems;
  }
}
