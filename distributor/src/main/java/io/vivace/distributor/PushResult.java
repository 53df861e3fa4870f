package io.vivace.distributor;

/// What became of a request that was taken.
///
/// @param rejectedSpans spans that ingesters did not take, because of a limit
/// @param message why, empty when nothing was rejected
public record PushResult(long rejectedSpans, String message) {
  /// Everything was stored.
  public static final PushResult COMPLETE = new PushResult(0, "");
}
