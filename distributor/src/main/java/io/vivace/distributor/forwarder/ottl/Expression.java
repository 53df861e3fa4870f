package io.vivace.distributor.forwarder.ottl;

import org.jspecify.annotations.Nullable;

/// Something that has a value for a target: String, Long, Double, Boolean, ByteString, a list or
/// map of OTLP, or null for nil.
@FunctionalInterface
interface Expression {
  @Nullable Object value(Target target);
}
