package io.vivace.storage.remote;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.Set;

/// What stores say alike, because they say it in HTTP (RFC 9110).
public final class Http {
  /// The object ends before the range begins.
  public static final int RANGE_NOT_SATISFIABLE = 416;

  /// The object is not what the request wants it to be.
  public static final int PRECONDITION_FAILED = 412;

  private Http() {}

  /// A conditional write.
  @FunctionalInterface
  public interface Write {
    /// Writes.
    ///
    /// @return the version that was written
    String write() throws IOException;
  }

  /// The header for `length` bytes from `offset`.
  ///
  /// @param length 1 or more
  public static String range(long offset, int length) {
    return "bytes=" + offset + "-" + (offset + length - 1);
  }

  /// Writes unless the store refuses the condition.
  ///
  /// @param refusals statuses that mean so
  /// @return the version that was written; empty when the object was another, or gone
  public static Optional<String> unless(Set<Integer> refusals, Write write) throws IOException {
    try {
      return Optional.of(write.write());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (StoreException e) {
      if (refusals.contains(e.status())) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
