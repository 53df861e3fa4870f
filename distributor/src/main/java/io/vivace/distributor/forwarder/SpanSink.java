package io.vivace.distributor.forwarder;

/// Where a forwarder sends requests.
interface SpanSink extends AutoCloseable {
  /// Sends a copy of a request to every endpoint; returns when all have answered or are late.
  ///
  /// @throws ForwardException when one of them did not take it; the others were tried all the same
  void send(String tenant, byte[] otlp) throws ForwardException;

  @Override
  void close();
}
