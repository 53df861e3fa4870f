package io.vivace.distributor.forwarder.ottl;

/// A boolean expression over a span or a span event.
@FunctionalInterface
public interface Condition {
  /// Whether `target` fulfils it.
  boolean matches(Target target);
}
