package io.vivace.distributor.receiver.jaeger;

import io.vivace.distributor.receiver.zipkin.ZipkinV1Thrift;
import io.vivace.wire.otlp.MalformedOtlpException;
import org.apache.thrift.TException;
import org.apache.thrift.protocol.TMessage;
import org.apache.thrift.protocol.TProtocol;
import org.apache.thrift.protocol.TType;

/// Translates calls of Jaeger's agent (jaeger-idl, `thrift/agent.thrift`), one a datagram, to OTLP:
/// `emitBatch` and the older `emitZipkinBatch`. Nothing is answered, so the type of the message
/// does not matter.
final class AgentMessage {
  private static final int BATCH = 1 << Byte.SIZE | TType.STRUCT;
  private static final int ZIPKIN_SPANS = 1 << Byte.SIZE | TType.LIST;

  private AgentMessage() {}

  /// The call has a name that no agent knows.
  static final class UnknownException extends Exception {
    private static final long serialVersionUID = 1;

    UnknownException(String name) {
      super("message: " + name + " (expected: emitBatch or emitZipkinBatch)");
    }
  }

  /// Opens the protocol of a port over the bytes of a datagram.
  @FunctionalInterface
  interface Protocol {
    TProtocol open(byte[] source, int offset, int length) throws TException;
  }

  /// The spans of `datagram` as an OTLP `ExportTraceServiceRequest`; empty when it has none.
  static byte[] translate(byte[] datagram, Protocol protocol)
      throws MalformedOtlpException, UnknownException {
    try {
      TProtocol in = protocol.open(datagram, 0, datagram.length);
      TMessage message = in.readMessageBegin();
      return switch (message.name) {
        case "emitBatch" -> {
          goTo(in, BATCH);
          yield JaegerThrift.translate(in);
        }
        case "emitZipkinBatch" -> {
          goTo(in, ZIPKIN_SPANS);
          yield ZipkinV1Thrift.translate(in);
        }
        default -> throw new UnknownException(message.name);
      };
    } catch (TException e) {
      throw ThriftProtocols.malformed(e);
    }
  }

  /// Goes to an argument of the call.
  private static void goTo(TProtocol in, int argument) throws TException, MalformedOtlpException {
    ThriftStructs arguments = new ThriftStructs(in);
    arguments.begin();
    for (int field = arguments.nextField(); field != argument; field = arguments.nextField()) {
      if (field == ThriftStructs.STOP) {
        throw new MalformedOtlpException("thrift: argument 1 is missing (expected: the spans)");
      }
      arguments.skip(field);
    }
  }
}
