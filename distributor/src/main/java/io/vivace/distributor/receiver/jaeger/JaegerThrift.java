package io.vivace.distributor.receiver.jaeger;

import static io.vivace.distributor.receiver.jaeger.ThriftStructs.bit;

import io.vivace.wire.otlp.MalformedOtlpException;
import io.vivace.wire.otlp.OtlpWriter;
import org.apache.thrift.TException;
import org.apache.thrift.protocol.TProtocol;
import org.apache.thrift.protocol.TType;

/// Translates the Thrift struct `Batch` of Jaeger (jaeger-idl, `thrift/jaeger.thrift`) to OTLP.
///
/// Fields of a type that the schema does not give them are skipped, and a struct without one of its
/// required fields is refused, as the generated code of every language does.
public final class JaegerThrift {
  private static final int PROCESS = 1 << Byte.SIZE | TType.STRUCT;
  private static final int SPANS = 2 << Byte.SIZE | TType.LIST;
  private static final int REQUIRED = bit(PROCESS) | bit(SPANS);

  private final ThriftStructs in;
  private final JaegerThriftSpan spanReader;
  private final JaegerThriftProcess processReader;
  private final Slice noScope = new Slice();

  private JaegerThrift(TProtocol batch) {
    this.in = new ThriftStructs(batch);
    JaegerThriftTags tags = new JaegerThriftTags(in);
    this.spanReader = new JaegerThriftSpan(in, tags);
    this.processReader = new JaegerThriftProcess(in, tags);
  }

  /// The spans of a bare struct in the binary protocol, as HTTP senders write it.
  ///
  /// @throws MalformedOtlpException when the bytes are no `Batch`
  public static byte[] translateBinary(byte[] body) throws MalformedOtlpException {
    try {
      return translate(ThriftProtocols.binary(body, 0, body.length));
    } catch (TException e) {
      throw ThriftProtocols.malformed(e);
    }
  }

  /// Like [#translateBinary] for the compact protocol.
  ///
  /// @throws MalformedOtlpException when the bytes are no `Batch`
  public static byte[] translateCompact(byte[] body) throws MalformedOtlpException {
    try {
      return translate(ThriftProtocols.compact(body, 0, body.length));
    } catch (TException e) {
      throw ThriftProtocols.malformed(e);
    }
  }

  /// The spans of the struct at which `batch` stands, as an OTLP `ExportTraceServiceRequest`; empty
  /// when it has none.
  ///
  /// @param batch a protocol that reads from an array, see [ThriftProtocols]
  /// @throws MalformedOtlpException when there is no `Batch`
  static byte[] translate(TProtocol batch) throws MalformedOtlpException {
    try {
      return new JaegerThrift(batch).batch();
    } catch (TException e) {
      throw ThriftProtocols.malformed(e);
    }
  }

  private byte[] batch() throws TException, MalformedOtlpException {
    SpanGroups groups = new SpanGroups();
    SpanGroups.Resource spans = groups.open();
    OtlpWriter resource = new OtlpWriter(512);
    int seen = 0;
    in.begin();
    for (int field = in.nextField(); field != ThriftStructs.STOP; field = in.nextField()) {
      switch (field) {
        case PROCESS -> {
          processReader.read().write(resource);
          spans.describe(resource);
        }
        case SPANS -> spans(spans);
        default -> {
          in.skip(field);
          continue;
        }
      }
      seen |= bit(field);
    }
    ThriftStructs.require("Batch", seen, REQUIRED);
    return groups.toOtlp();
  }

  private void spans(SpanGroups.Resource target) throws TException, MalformedOtlpException {
    int count = in.list(TType.STRUCT);
    for (int i = 0; i < count; i++) {
      JaegerSpan span = spanReader.read();
      if (!span.isBlank()) {
        span.finish();
        target.add(span, noScope, noScope);
      }
    }
  }
}
