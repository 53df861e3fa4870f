package io.vivace.block.row;

import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.vivace.block.parquet.ColumnCursor;
import io.vivace.block.parquet.MalformedDataException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Event attributes of version 3: keys and protobuf messages; very old blocks have JSON instead.
final class EncodedReader implements AttributesReader {
  private final ColumnCursor key;
  private final ColumnCursor value;
  private final ColumnCursor[] all;

  EncodedReader(Cursors cursors, String group) throws IOException {
    int from = cursors.count();
    key = cursors.open(group + ".Key");
    value = cursors.open(group + ".Value");
    all = cursors.since(from);
  }

  @Override
  public void read(List<KeyValue> target) throws IOException {
    if (!key.present()) {
      Cursors.skipEmpty(all);
      return;
    }
    int repeated = key.leaf().maxRepetition();
    do {
      String name = key.takeText();
      target.add(KeyValue.newBuilder().setKey(name).setValue(decode(value.takeBytes())).build());
    } while (key.repetition() == repeated);
  }

  private static AnyValue decode(byte[] bytes) {
    // 0x7b would be field 15, a group: no AnyValue begins so
    if (bytes.length > 0 && bytes[0] == '{') {
      return AnyValueJson.parse(new String(bytes, StandardCharsets.UTF_8));
    }
    try {
      return AnyValue.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new MalformedDataException("event attribute: " + e.getMessage(), e);
    }
  }
}
