package io.vivace.distributor.receiver.jaeger;

/// The fields of one tag while it is read: Jaeger has one field for each type, and the type says
/// which of them counts.
final class TagScratch {
  final Slice key = new Slice();
  final Slice text = new Slice();
  final Slice binary = new Slice();
  boolean truth;
  long integer;
  double real;

  void clear() {
    key.clear();
    text.clear();
    binary.clear();
    truth = false;
    integer = 0;
    real = 0;
  }

  /// Puts the tag into `tags`.
  void addTo(TagTable tags, TagType type) {
    int slot = tags.put(key);
    switch (type) {
      case STRING -> tags.setBytes(slot, type, text);
      case BOOL -> tags.setNumber(slot, type, truth ? 1 : 0);
      case INT64 -> tags.setNumber(slot, type, integer);
      case FLOAT64 -> tags.setNumber(slot, type, Double.doubleToRawLongBits(real));
      case BINARY -> tags.setBytes(slot, type, binary);
    }
  }

  /// Puts the tag into `tags` with what the collector says about a type that it does not know.
  void addUnknownTo(TagTable tags, String typeName) {
    byte[] value = Texts.of("<Unknown Jaeger TagType \"" + typeName + "\">");
    text.set(value, 0, value.length);
    addTo(tags, TagType.STRING);
  }
}
