package io.vivace.storage.remote;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A request that a remote store did not carry out.
public final class StoreException extends IOException {
  private static final long serialVersionUID = 1;

  /// What to make of a failure.
  public enum Kind {
    /// The store understood the request and will refuse it again.
    REFUSED,
    /// The store works, and asks for fewer requests or for the same one once more.
    THROTTLED,
    /// The store did not answer, or says that it is broken.
    UNAVAILABLE
  }

  private final Kind kind;
  private final int status;
  private final @Nullable Duration retryAfter;

  /// @param status the HTTP status, 0 when there was no answer
  /// @param retryAfter how long the store wants not to be asked again, when it says so
  public StoreException(
      Kind kind,
      int status,
      String message,
      @Nullable Duration retryAfter,
      @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.status = status;
    this.retryAfter = retryAfter;
  }

  /// What an HTTP status means. 408 and 429 are throttling, and so is 503 when the store says to
  /// slow down; every other 5xx but 501 is a broken store.
  public static Kind kind(int status, boolean slowDown) {
    if (status == 408 || status == 429 || slowDown) {
      return Kind.THROTTLED;
    }
    return status >= 500 && status != 501 ? Kind.UNAVAILABLE : Kind.REFUSED;
  }

  /// No answer came: a connection that failed, broke or timed out.
  public static StoreException noAnswer(Exception cause) {
    String text =
        cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    return new StoreException(Kind.UNAVAILABLE, 0, text, null, cause);
  }

  /// The same with a text that says which object of which store it was.
  StoreException in(String context) {
    StoreException whole =
        new StoreException(kind, status, context + ": " + getMessage(), retryAfter, getCause());
    whole.setStackTrace(getStackTrace());
    return whole;
  }

  /// What to make of it.
  public Kind kind() {
    return kind;
  }

  /// The HTTP status, 0 when there was no answer.
  public int status() {
    return status;
  }

  /// How long the store wants not to be asked again, when it says so.
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
