package io.vivace.distributor.usage;

/// The bytes of one combination of label values, or of everything beyond the limit.
final class Series {
  /// The values in UTF-8; an empty one is missing.
  final byte[][] values;

  final int hash;
  long bytes;
  long touchedSeconds;

  Series(byte[][] values, int hash) {
    this.values = values;
    this.hash = hash;
  }

  void add(long count, long nowSeconds) {
    bytes += count;
    touchedSeconds = nowSeconds;
  }
}
