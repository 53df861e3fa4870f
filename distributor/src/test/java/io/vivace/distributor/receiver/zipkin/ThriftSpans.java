package io.vivace.distributor.receiver.zipkin;

import java.nio.ByteBuffer;
import org.apache.thrift.TException;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.apache.thrift.protocol.TField;
import org.apache.thrift.protocol.TList;
import org.apache.thrift.protocol.TProtocol;
import org.apache.thrift.protocol.TStruct;
import org.apache.thrift.protocol.TType;
import org.apache.thrift.transport.TMemoryBuffer;

/// Writes v1 spans in Thrift field by field, also as no library would.
final class ThriftSpans {
  private ThriftSpans() {}

  /// A field of a struct, or an element of a list.
  @FunctionalInterface
  interface Part {
    void write(TProtocol out) throws TException;
  }

  /// A list of spans as it is the body of a request.
  static byte[] body(Part... spans) {
    try {
      TMemoryBuffer buffer = new TMemoryBuffer(512);
      TProtocol out = new TBinaryProtocol(buffer);
      elements(out, spans);
      byte[] body = new byte[buffer.length()];
      System.arraycopy(buffer.getArray(), 0, body, 0, body.length);
      return body;
    } catch (TException e) {
      throw new AssertionError(e);
    }
  }

  static Part struct(Part... fields) {
    return out -> {
      out.writeStructBegin(new TStruct());
      for (Part field : fields) {
        field.write(out);
      }
      out.writeFieldStop();
      out.writeStructEnd();
    };
  }

  static Part i64(int id, long value) {
    return field(id, TType.I64, out -> out.writeI64(value));
  }

  static Part i32(int id, int value) {
    return field(id, TType.I32, out -> out.writeI32(value));
  }

  static Part i16(int id, int value) {
    return field(id, TType.I16, out -> out.writeI16((short) value));
  }

  static Part bool(int id, boolean value) {
    return field(id, TType.BOOL, out -> out.writeBool(value));
  }

  static Part text(int id, String value) {
    return field(id, TType.STRING, out -> out.writeString(value));
  }

  static Part bytes(int id, int... value) {
    byte[] bytes = new byte[value.length];
    for (int i = 0; i < value.length; i++) {
      bytes[i] = (byte) value[i];
    }
    return field(id, TType.STRING, out -> out.writeBinary(ByteBuffer.wrap(bytes)));
  }

  static Part inside(int id, Part... fields) {
    return field(id, TType.STRUCT, struct(fields));
  }

  static Part list(int id, Part... elements) {
    return field(id, TType.LIST, out -> elements(out, elements));
  }

  private static void elements(TProtocol out, Part... elements) throws TException {
    out.writeListBegin(new TList(TType.STRUCT, elements.length));
    for (Part element : elements) {
      element.write(out);
    }
    out.writeListEnd();
  }

  private static Part field(int id, byte type, Part value) {
    return out -> {
      out.writeFieldBegin(new TField("", type, (short) id));
      value.write(out);
      out.writeFieldEnd();
    };
  }
}
