package io.vivace.distributor.forwarder;

/// A further destination of spans.
///
/// @param name its name in the configuration
/// @param filter what is not sent there
/// @param sink where it sends to
record Forwarder(String name, SpanFilter filter, SpanSink sink) {}
