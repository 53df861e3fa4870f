package io.vivace.distributor.receiver.jaeger;

import io.vivace.wire.otlp.MalformedOtlpException;
import org.apache.thrift.TException;
import org.apache.thrift.protocol.TField;
import org.apache.thrift.protocol.TList;
import org.apache.thrift.protocol.TProtocol;
import org.apache.thrift.protocol.TProtocolUtil;
import org.apache.thrift.protocol.TType;

/// Steps through the structs of a Thrift message.
final class ThriftStructs {
  /// What [#nextField] answers after the last field.
  static final int STOP = TType.STOP;

  private final TProtocol in;

  ThriftStructs(TProtocol in) {
    this.in = in;
  }

  void begin() throws TException {
    in.readStructBegin();
  }

  /// Goes to the next field: its id in the upper, its type in the lowest eight bits; [#STOP] when
  /// there is none, and the struct is left.
  int nextField() throws TException {
    TField field = in.readFieldBegin();
    if (field.type == TType.STOP) {
      in.readStructEnd();
      return STOP;
    }
    return field.id << Byte.SIZE | field.type;
  }

  /// Steps over the value of a field.
  void skip(int field) throws TException {
    TProtocolUtil.skip(in, (byte) field);
  }

  /// Begins a list.
  ///
  /// @return how many elements it claims to have: nothing must be allocated for them
  int list(byte elementType) throws TException, MalformedOtlpException {
    TList list = in.readListBegin();
    if (list.size > 0 && list.elemType != elementType) {
      throw new MalformedOtlpException(
          "thrift: type of list elements: " + list.elemType + " (expected: " + elementType + ")");
    }
    return list.size;
  }

  void text(Slice target) throws TException {
    target.set(in.readBinary());
  }

  boolean readBool() throws TException {
    return in.readBool();
  }

  int readI32() throws TException {
    return in.readI32();
  }

  long readI64() throws TException {
    return in.readI64();
  }

  double readDouble() throws TException {
    return in.readDouble();
  }

  /// The bit of a field in a set of those that were seen.
  static int bit(int field) {
    return 1 << (field >>> Byte.SIZE);
  }

  /// Refuses a struct without one of its required fields.
  ///
  /// @param seen bits of the fields that were there
  /// @param required bits of the fields that have to be there
  static void require(String struct, int seen, int required) throws MalformedOtlpException {
    int missing = required & ~seen;
    if (missing != 0) {
      throw new MalformedOtlpException(
          "thrift: %s: field %d is missing (expected: all required fields)"
              .formatted(struct, Integer.numberOfTrailingZeros(missing)));
    }
  }
}
