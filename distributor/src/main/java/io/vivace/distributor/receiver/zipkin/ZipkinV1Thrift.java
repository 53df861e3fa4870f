package io.vivace.distributor.receiver.zipkin;

import io.vivace.wire.otlp.MalformedOtlpException;
import org.apache.thrift.TConfiguration;
import org.apache.thrift.TException;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.apache.thrift.protocol.TField;
import org.apache.thrift.protocol.TList;
import org.apache.thrift.protocol.TProtocol;
import org.apache.thrift.protocol.TProtocolUtil;
import org.apache.thrift.protocol.TType;
import org.apache.thrift.transport.TMemoryInputTransport;

/// Translates v1 spans in Thrift (`zipkinCore.thrift`) to OTLP.
public final class ZipkinV1Thrift {
  /// How deep fields that nobody here knows may be nested.
  private static final int MAX_DEPTH = 64;

  private static final int INITIAL_BYTES = 4096;

  private final TProtocol in;
  private final boolean lossless;
  private final V1Writer writer = new V1Writer(INITIAL_BYTES, null);
  private final V1Span span = writer.span;
  private final V1Endpoint host = new V1Endpoint();
  private final ThriftValue value = new ThriftValue(span);

  private ZipkinV1Thrift(TProtocol in, boolean lossless) {
    this.in = in;
    this.lossless = lossless;
  }

  /// Translates the list of spans at which `list` stands.
  ///
  /// @return an OTLP `ExportTraceServiceRequest`
  /// @throws MalformedOtlpException when there is no list of spans
  public static byte[] translate(TProtocol list) throws MalformedOtlpException {
    return translate(list, false);
  }

  /// Translates a list of spans in the binary protocol.
  ///
  /// @param lossless keeps what Tempo drops: the other side of an address annotation
  public static byte[] translate(byte[] body, boolean lossless) throws MalformedOtlpException {
    try {
      TConfiguration limits =
          TConfiguration.custom()
              .setMaxMessageSize(Math.max(1, body.length))
              .setRecursionLimit(MAX_DEPTH)
              .build();
      TMemoryInputTransport transport = new TMemoryInputTransport(limits, body);
      return translate(new TBinaryProtocol(transport, body.length, body.length), lossless);
    } catch (TException e) {
      throw malformed(e);
    }
  }

  private static byte[] translate(TProtocol list, boolean lossless) throws MalformedOtlpException {
    try {
      return new ZipkinV1Thrift(list, lossless).spans();
    } catch (TException e) {
      throw malformed(e);
    }
  }

  private static MalformedOtlpException malformed(TException e) {
    return new MalformedOtlpException(
        "thrift: " + e.getMessage() + " (expected: a list of zipkincore.Span)");
  }

  private byte[] spans() throws TException {
    TList list = in.readListBegin();
    for (int i = 0; i < list.size; i++) {
      span.clear();
      span();
      writer.write();
    }
    in.readListEnd();
    return writer.request();
  }

  private void span() throws TException {
    in.readStructBegin();
    for (TField field = in.readFieldBegin();
        field.type != TType.STOP;
        field = in.readFieldBegin()) {
      switch (field.id << 8 | field.type) {
        case 1 << 8 | TType.I64 -> span.traceIdLow = in.readI64();
        case 3 << 8 | TType.STRING -> span.name = text();
        case 4 << 8 | TType.I64 -> span.id = in.readI64();
        case 5 << 8 | TType.I64 -> span.parentId = in.readI64();
        case 6 << 8 | TType.LIST -> annotations();
        case 8 << 8 | TType.LIST -> binaryAnnotations();
        case 10 << 8 | TType.I64 -> {
          span.timestamp = in.readI64();
          span.hasTimestamp = true;
        }
        case 11 << 8 | TType.I64 -> span.duration = in.readI64();
        case 12 << 8 | TType.I64 -> span.traceIdHigh = in.readI64();
        default -> TProtocolUtil.skip(in, field.type, MAX_DEPTH);
      }
      in.readFieldEnd();
    }
    in.readStructEnd();
  }

  private void annotations() throws TException {
    TList list = in.readListBegin();
    for (int i = 0; i < list.size; i++) {
      annotation();
    }
    in.readListEnd();
  }

  private void annotation() throws TException {
    long micros = 0;
    long value = TextArena.NONE;
    host.clear();
    in.readStructBegin();
    for (TField field = in.readFieldBegin();
        field.type != TType.STOP;
        field = in.readFieldBegin()) {
      switch (field.id << 8 | field.type) {
        case 1 << 8 | TType.I64 -> micros = in.readI64();
        case 2 << 8 | TType.STRING -> value = text();
        case 3 << 8 | TType.STRUCT -> host();
        default -> TProtocolUtil.skip(in, field.type, MAX_DEPTH);
      }
      in.readFieldEnd();
    }
    in.readStructEnd();
    span.annotation(micros, value, host);
  }

  private void binaryAnnotations() throws TException {
    TList list = in.readListBegin();
    for (int i = 0; i < list.size; i++) {
      binaryAnnotation();
    }
    in.readListEnd();
  }

  private void binaryAnnotation() throws TException {
    long key = TextArena.NONE;
    int type = 0;
    boolean hasHost = false;
    value.clear();
    host.clear();
    in.readStructBegin();
    for (TField field = in.readFieldBegin();
        field.type != TType.STOP;
        field = in.readFieldBegin()) {
      switch (field.id << 8 | field.type) {
        case 1 << 8 | TType.STRING -> key = text();
        case 2 << 8 | TType.STRING -> value.set(in.readBinary());
        case 3 << 8 | TType.I32 -> type = in.readI32();
        case 4 << 8 | TType.STRUCT -> {
          host();
          hasHost = true;
        }
        default -> TProtocolUtil.skip(in, field.type, MAX_DEPTH);
      }
      in.readFieldEnd();
    }
    in.readStructEnd();
    value.take(key, type);
    if (lossless && value.isAddress(key)) {
      span.peer.copy(host);
    } else if (hasHost) {
      span.serviceOf(host);
    }
  }

  private void host() throws TException {
    in.readStructBegin();
    for (TField field = in.readFieldBegin();
        field.type != TType.STOP;
        field = in.readFieldBegin()) {
      switch (field.id << 8 | field.type) {
        case 1 << 8 | TType.I32 -> {
          int address = in.readI32();
          host.ipv4 = address == 0 ? TextArena.NONE : span.arena.addIpv4(address);
        }
        case 2 << 8 | TType.I16 -> host.port = in.readI16() & 0xffff;
        case 3 << 8 | TType.STRING -> host.service = text();
        case 4 << 8 | TType.STRING -> host.ipv6 = IpAddresses.add(span.arena, in.readBinary());
        default -> TProtocolUtil.skip(in, field.type, MAX_DEPTH);
      }
      in.readFieldEnd();
    }
    in.readStructEnd();
  }

  private long text() throws TException {
    return span.arena.add(in.readBinary());
  }
}
