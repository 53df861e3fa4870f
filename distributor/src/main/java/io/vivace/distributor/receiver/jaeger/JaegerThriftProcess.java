package io.vivace.distributor.receiver.jaeger;

import static io.vivace.distributor.receiver.jaeger.ThriftStructs.bit;

import io.vivace.wire.otlp.MalformedOtlpException;
import org.apache.thrift.TException;
import org.apache.thrift.protocol.TType;

/// Reads the struct `Process`.
final class JaegerThriftProcess {
  private static final int SERVICE_NAME = 1 << Byte.SIZE | TType.STRING;
  private static final int TAGS = 2 << Byte.SIZE | TType.LIST;

  private final ThriftStructs in;
  private final JaegerThriftTags tagReader;
  private final JaegerProcess process = new JaegerProcess();

  JaegerThriftProcess(ThriftStructs in, JaegerThriftTags tagReader) {
    this.in = in;
    this.tagReader = tagReader;
  }

  JaegerProcess read() throws TException, MalformedOtlpException {
    process.clear();
    int seen = 0;
    in.begin();
    for (int field = in.nextField(); field != ThriftStructs.STOP; field = in.nextField()) {
      switch (field) {
        case SERVICE_NAME -> in.text(process.serviceName);
        case TAGS -> tagReader.read(process.tags);
        default -> {
          in.skip(field);
          continue;
        }
      }
      seen |= bit(field);
    }
    ThriftStructs.require("Process", seen, bit(SERVICE_NAME));
    return process;
  }
}
