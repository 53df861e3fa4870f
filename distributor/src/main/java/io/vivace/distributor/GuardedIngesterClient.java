package io.vivace.distributor;

import io.grpc.Status;
import io.vivace.ring.Instance;
import io.vivace.wire.tempopb.PushBytesRequest;
import io.vivace.wire.tempopb.PushResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/// Spares ingesters that do not answer, and the memory of this process from them: after three
/// failures in a row an ingester gets nothing for a second, then one push that decides; and no
/// ingester holds more than its part of the bytes under way. What is refused here counts as a
/// failure of that ingester, so that a quorum of the others decides at once.
final class GuardedIngesterClient implements IngesterClient {
  private static final int FAILURES = 3;
  private static final long PAUSE_NANOS = Duration.ofSeconds(1).toNanos();

  private final IngesterClient client;
  private final long maxBytes;
  private final LongSupplier nanoTime;
  private final Map<String, Guard> guards = new ConcurrentHashMap<>();

  /// @param maxBytes how much may be under way to one ingester
  /// @param nanoTime a monotonic clock in nanoseconds
  GuardedIngesterClient(IngesterClient client, long maxBytes, LongSupplier nanoTime) {
    this.client = client;
    this.maxBytes = maxBytes;
    this.nanoTime = nanoTime;
  }

  @Override
  public CompletableFuture<PushResponse> push(
      Instance ingester, String tenant, PushBytesRequest request) {
    Guard guard = guards.computeIfAbsent(ingester.address(), key -> new Guard());
    long bytes = request.getSerializedSize();
    String refusal = guard.enter(bytes);
    if (!refusal.isEmpty()) {
      return CompletableFuture.failedFuture(
          Status.UNAVAILABLE
              .withDescription("ingester " + ingester.address() + ": " + refusal)
              .asRuntimeException());
    }
    CompletableFuture<PushResponse> pushed;
    try {
      pushed = client.push(ingester, tenant, request);
    } catch (RuntimeException e) {
      guard.leave(bytes, true);
      throw e;
    }
    return pushed.whenComplete(
        (response, error) -> guard.leave(bytes, error != null && isOwnFault(error)));
  }

  /// Whether a failure tells something about the ingester rather than about the request.
  private static boolean isOwnFault(Throwable error) {
    return Status.fromThrowable(error).getCode() != Status.Code.INVALID_ARGUMENT;
  }

  private final class Guard {
    private long bytesUnderWay;
    private int failures;
    private long pausedUntil;

    /// @return why the push is refused, empty when it may go
    synchronized String enter(long bytes) {
      long now = nanoTime.getAsLong();
      if (failures >= FAILURES) {
        if (now - pausedUntil < 0) {
          return "failed " + failures + " times in a row, spared for a second";
        }
        pausedUntil = now + PAUSE_NANOS;
      }
      if (bytesUnderWay > 0 && bytesUnderWay + bytes > maxBytes) {
        return bytesUnderWay + " bytes are under way (expected: at most " + maxBytes + ")";
      }
      bytesUnderWay += bytes;
      return "";
    }

    synchronized void leave(long bytes, boolean hasFailed) {
      bytesUnderWay -= bytes;
      if (!hasFailed) {
        failures = 0;
      } else if (++failures >= FAILURES) {
        pausedUntil = nanoTime.getAsLong() + PAUSE_NANOS;
      }
    }
  }
}
