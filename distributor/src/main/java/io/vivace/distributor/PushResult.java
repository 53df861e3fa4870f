package io.vivace.distributor;

/// What became of a request that was taken.
///
/// @param spans spans that the request had
/// @param rejectedSpans spans that ingesters did not take, because of a limit
/// @param message why, empty when nothing was rejected
public record PushResult(long spans, long rejectedSpans, String message) {
  /// A request without spans.
  public static final PushResult COMPLETE = complete(0);

  /// All `spans` were stored.
  static PushResult complete(long spans) {
    return new PushResult(spans, 0, "");
  }
}
