package io.vivace.distributor.receiver.jaeger;

import io.vivace.wire.otlp.MalformedOtlpException;
import org.apache.thrift.TConfiguration;
import org.apache.thrift.TException;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.apache.thrift.protocol.TCompactProtocol;
import org.apache.thrift.protocol.TProtocol;
import org.apache.thrift.transport.TMemoryInputTransport;

/// Thrift protocols that read from an array and believe nothing that does not fit in it.
final class ThriftProtocols {
  /// How deep fields that are skipped may be nested.
  private static final int MAX_DEPTH = 64;

  private ThriftProtocols() {}

  /// The binary protocol; envelopes may be strict or old.
  static TProtocol binary(byte[] source, int offset, int length) throws TException {
    return new TBinaryProtocol(transport(source, offset, length));
  }

  /// The compact protocol.
  static TProtocol compact(byte[] source, int offset, int length) throws TException {
    return new TCompactProtocol(transport(source, offset, length));
  }

  /// What the receivers are told about an error of the library.
  static MalformedOtlpException malformed(TException error) {
    return new MalformedOtlpException("thrift: " + error.getMessage());
  }

  private static TMemoryInputTransport transport(byte[] source, int offset, int length)
      throws TException {
    // the library checks lengths of texts and containers against the size of the message
    TConfiguration limits = new TConfiguration(Math.max(1, length), Math.max(1, length), MAX_DEPTH);
    return new TMemoryInputTransport(limits, source, offset, length);
  }
}
