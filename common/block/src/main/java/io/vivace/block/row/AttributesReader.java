package io.vivace.block.row;

import io.opentelemetry.proto.common.v1.KeyValue;
import java.io.IOException;
import java.util.List;

/// Reads the generic attributes of one resource, scope, span, event or link.
sealed interface AttributesReader permits ValueListsReader, ScalarsReader, EncodedReader {
  /// Appends the attributes of the element that all cursors stand on.
  void read(List<KeyValue> target) throws IOException;

  static AttributesReader open(BlockFormat format, Cursors cursors, String path)
      throws IOException {
    String group = path + ".Attrs" + format.element();
    return format == BlockFormat.VPARQUET3
        ? new ScalarsReader(cursors, group)
        : new ValueListsReader(cursors, group, format.element());
  }
}
