package io.vivace.distributor;

import io.grpc.Status;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A request was refused or could not be stored: nothing of it was acknowledged.
public final class PushException extends Exception {
  private static final long serialVersionUID = 1;

  private final Status.Code code;
  private @Nullable Duration retryAfter;
  private int spans;
  private boolean lasting;

  /// An error that the client is told with `code` and `message`.
  public PushException(Status.Code code, String message) {
    this(code, message, null);
  }

  /// An error after which a client should wait.
  ///
  /// @param retryAfter how long, null when there is nothing to say about it
  public PushException(Status.Code code, String message, @Nullable Duration retryAfter) {
    super(message);
    this.code = code;
    this.retryAfter = retryAfter;
  }

  PushException withSpans(int count) {
    this.spans = count;
    return this;
  }

  /// Gives `delay` as the advice when something is exhausted; zero leaves the advice as it is.
  PushException withAdvice(Duration delay) {
    if (code == Status.Code.RESOURCE_EXHAUSTED && delay.isPositive()) {
      this.retryAfter = delay;
    }
    return this;
  }

  /// Marks a refusal that the same request would meet again whenever it came: it has no tenant, or
  /// is larger than what may come at once. Receivers that try again by themselves have to know.
  public PushException forGood() {
    lasting = true;
    return this;
  }

  /// Whether the same request can never be taken.
  public boolean lasting() {
    return lasting;
  }

  /// How many spans the request had, 0 when nobody counted them.
  public int spans() {
    return spans;
  }

  /// The gRPC code; HTTP receivers derive their status from it.
  public Status.Code code() {
    return code;
  }

  /// How long the client should wait before it tries again, null for no advice.
  public @Nullable Duration retryAfter() {
    return retryAfter;
  }
}
