package io.vivace.distributor.receiver.jaeger;

import static io.vivace.distributor.receiver.jaeger.ThriftStructs.bit;

import io.vivace.wire.otlp.MalformedOtlpException;
import org.apache.thrift.TException;
import org.apache.thrift.protocol.TType;

/// Reads lists of the struct `Tag`.
final class JaegerThriftTags {
  private static final int KEY = 1 << Byte.SIZE | TType.STRING;
  private static final int TYPE = 2 << Byte.SIZE | TType.I32;
  private static final int TEXT = 3 << Byte.SIZE | TType.STRING;
  private static final int DOUBLE = 4 << Byte.SIZE | TType.DOUBLE;
  private static final int BOOL = 5 << Byte.SIZE | TType.BOOL;
  private static final int LONG = 6 << Byte.SIZE | TType.I64;
  private static final int BINARY = 7 << Byte.SIZE | TType.STRING;
  private static final int REQUIRED = bit(KEY) | bit(TYPE);

  private final ThriftStructs in;
  private final TagScratch tag = new TagScratch();

  JaegerThriftTags(ThriftStructs in) {
    this.in = in;
  }

  /// Reads a list in place of what `tags` has.
  void read(TagTable tags) throws TException, MalformedOtlpException {
    tags.clear();
    int count = in.list(TType.STRUCT);
    for (int i = 0; i < count; i++) {
      readOne(tags);
    }
  }

  private void readOne(TagTable tags) throws TException, MalformedOtlpException {
    tag.clear();
    int type = 0;
    int seen = 0;
    in.begin();
    for (int field = in.nextField(); field != ThriftStructs.STOP; field = in.nextField()) {
      switch (field) {
        case KEY -> in.text(tag.key);
        case TYPE -> type = in.readI32();
        case TEXT -> in.text(tag.text);
        case DOUBLE -> tag.real = in.readDouble();
        case BOOL -> tag.truth = in.readBool();
        case LONG -> tag.integer = in.readI64();
        case BINARY -> in.text(tag.binary);
        default -> {
          in.skip(field);
          continue;
        }
      }
      seen |= bit(field);
    }
    ThriftStructs.require("Tag", seen, REQUIRED);
    switch (type) {
      case 0 -> tag.addTo(tags, TagType.STRING);
      case 1 -> tag.addTo(tags, TagType.FLOAT64);
      case 2 -> tag.addTo(tags, TagType.BOOL);
      case 3 -> tag.addTo(tags, TagType.INT64);
      case 4 -> tag.addTo(tags, TagType.BINARY);
      default -> tag.addUnknownTo(tags, "<UNSET>");
    }
  }
}
