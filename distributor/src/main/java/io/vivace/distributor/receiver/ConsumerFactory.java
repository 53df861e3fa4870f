package io.vivace.distributor.receiver;

/// Makes the consumers of receivers.
@FunctionalInterface
public interface ConsumerFactory {
  /// A consumer that counts under these labels.
  ///
  /// @param receiver type and name, such as `jaeger/jaeger_receiver`
  /// @param transport such as `grpc`
  TracesConsumer consumer(String receiver, String transport);
}
