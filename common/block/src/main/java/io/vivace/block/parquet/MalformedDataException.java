package io.vivace.block.parquet;

/// Bytes that are not what the Parquet format demands. Readers turn it into a
/// [io.vivace.block.BlockFormatException], which names the block.
public final class MalformedDataException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// What is wrong, in the form `name: value (expected: …)`.
  public MalformedDataException(String problem) {
    super(problem);
  }

  /// The same with the failure of a library as its cause.
  public MalformedDataException(String problem, Throwable cause) {
    super(problem, cause);
  }

  /// Fails unless `condition`.
  static void check(boolean condition, String name, long value, String expected) {
    if (!condition) {
      throw new MalformedDataException(name + ": " + value + " (expected: " + expected + ")");
    }
  }
}
