package io.vivace.distributor.usage;

import io.vivace.wire.otlp.MalformedOtlpException;
import io.vivace.wire.otlp.WireCursor;

/// Finds the attributes of resources and spans that fill labels, in the bytes of a request that was
/// validated before. Only strings that are not empty count.
final class AttributeReader {
  private static final int RESOURCE_ATTRIBUTES = 1;
  private static final int SPAN_ATTRIBUTES = 9;

  private final Dimensions dimensions;
  private final byte[] bytes;
  private final WireCursor cursor;

  AttributeReader(Dimensions dimensions, byte[] bytes) {
    this.dimensions = dimensions;
    this.bytes = bytes;
    this.cursor = new WireCursor(bytes, 0);
  }

  void resource(int offset, int length, LabelValues into) throws MalformedOtlpException {
    message(offset, length, RESOURCE_ATTRIBUTES, true, into);
  }

  void span(int offset, int length, LabelValues into) throws MalformedOtlpException {
    message(offset, length, SPAN_ATTRIBUTES, false, into);
  }

  private void message(int offset, int length, int field, boolean resource, LabelValues into)
      throws MalformedOtlpException {
    int end = offset + length;
    cursor.position(offset);
    while (cursor.position() < end) {
      int tag = cursor.readTag(end);
      if (tag >>> 3 == field) {
        int attributeEnd = cursor.readEnd(end);
        attribute(attributeEnd, resource, into);
        cursor.position(attributeEnd);
      } else {
        cursor.skipField(tag, end);
      }
    }
  }

  private void attribute(int end, boolean resource, LabelValues into)
      throws MalformedOtlpException {
    int keyFrom = 0;
    int keyTo = 0;
    int valueFrom = 0;
    int valueTo = 0;
    while (cursor.position() < end) {
      int tag = cursor.readTag(end);
      int from = cursor.position();
      cursor.skipField(tag, end);
      if (tag >>> 3 == 1) {
        keyTo = cursor.position();
        cursor.position(from);
        cursor.readEnd(end);
        keyFrom = cursor.position();
        cursor.position(keyTo);
      } else if (tag >>> 3 == 2) {
        valueTo = cursor.position();
        cursor.position(from);
        cursor.readEnd(end);
        valueFrom = cursor.position();
        cursor.position(valueTo);
      }
    }
    for (int i = 0; i < dimensions.sources().size(); i++) {
      Dimensions.Source source = dimensions.sources().get(i);
      if ((resource ? source.ofResource() : source.ofSpan())
          && source.hasKey(bytes, keyFrom, keyTo)) {
        text(source.label(), valueFrom, valueTo, into);
      }
    }
  }

  private void text(int label, int from, int to, LabelValues into) throws MalformedOtlpException {
    cursor.position(from);
    while (cursor.position() < to) {
      int tag = cursor.readTag(to);
      if (tag >>> 3 != 1) {
        cursor.skipField(tag, to);
        continue;
      }
      int end = cursor.readEnd(to);
      if (end > cursor.position()) {
        into.set(label, cursor.position(), end - cursor.position());
      }
      cursor.position(end);
    }
  }
}
