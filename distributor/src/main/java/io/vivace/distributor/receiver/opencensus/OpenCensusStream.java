package io.vivace.distributor.receiver.opencensus;

import com.google.protobuf.InvalidProtocolBufferException;
import io.vivace.distributor.receiver.opencensus.proto.Node;
import io.vivace.distributor.receiver.opencensus.proto.Resource;
import io.vivace.wire.otlp.MalformedOtlpException;
import io.vivace.wire.otlp.OtlpWriter;
import io.vivace.wire.otlp.WireCursor;

/// Translates the messages of one stream to OTLP: node and resource hold until others come.
///
/// A stream whose first message has no node is taken too. Not safe for use by several threads.
public final class OpenCensusStream {
  private static final int NODE = 1;
  private static final int SPANS = 2;
  private static final int RESOURCE = 3;

  /// A request may be this much larger than its message, and this many bytes more: node and
  /// resource are written again for every span with a resource of its own.
  private static final long MAX_GROWTH = 8;

  private static final long GROWTH_ALLOWANCE = 16 << 20;

  private static final int BUFFER_BYTES = 4096;

  /// A larger buffer is not kept for the next message: streams live for days.
  private static final int KEPT_BYTES = 1 << 20;

  private OtlpWriter out = new OtlpWriter(BUFFER_BYTES);
  private Node node = Node.getDefaultInstance();
  private Resource resource = Resource.getDefaultInstance();

  /// Translates an `ExportTraceServiceRequest` of OpenCensus.
  ///
  /// @return an OTLP `ExportTraceServiceRequest`
  /// @throws MalformedOtlpException when the bytes are no such message
  public byte[] translate(byte[] message) throws MalformedOtlpException {
    out.reset();
    try {
      write(message);
      return out.toByteArray();
    } finally {
      if (out.position() > KEPT_BYTES) {
        out = new OtlpWriter(BUFFER_BYTES);
      }
    }
  }

  private void write(byte[] message) throws MalformedOtlpException {
    readOrigin(message);
    int resourceSpans = open(resource);
    int scopeSpans = out.begin(2);
    SpanWriter spans = new SpanWriter(message, out);
    boolean someHaveResources = false;
    WireCursor cursor = new WireCursor(message, 0);
    while (cursor.position() < message.length) {
      int tag = cursor.readTag(message.length);
      if (tag >>> 3 == SPANS) {
        int end = Wire.message(cursor, tag, message.length);
        spans.scan(cursor.position(), end);
        if (spans.hasOwnResource()) {
          someHaveResources = true;
        } else {
          spans.write();
        }
        cursor.position(end);
      } else {
        cursor.skipField(tag, message.length);
      }
    }
    out.end(scopeSpans);
    out.end(resourceSpans);
    if (someHaveResources) {
      writeSpansWithResources(message, spans);
    }
  }

  private void readOrigin(byte[] message) throws MalformedOtlpException {
    WireCursor cursor = new WireCursor(message, 0);
    while (cursor.position() < message.length) {
      int tag = cursor.readTag(message.length);
      if (tag >>> 3 == NODE) {
        int end = Wire.message(cursor, tag, message.length);
        node = parseNode(message, cursor.position(), end);
        cursor.position(end);
      } else if (tag >>> 3 == RESOURCE) {
        int end = Wire.message(cursor, tag, message.length);
        resource = parseResource(message, cursor.position(), end);
        cursor.position(end);
      } else {
        cursor.skipField(tag, message.length);
      }
    }
  }

  private void writeSpansWithResources(byte[] message, SpanWriter spans)
      throws MalformedOtlpException {
    WireCursor cursor = new WireCursor(message, 0);
    while (cursor.position() < message.length) {
      int tag = cursor.readTag(message.length);
      if (tag >>> 3 != SPANS) {
        cursor.skipField(tag, message.length);
        continue;
      }
      int end = Wire.message(cursor, tag, message.length);
      spans.scan(cursor.position(), end);
      if (spans.hasOwnResource()) {
        int resourceSpans =
            open(parseResource(message, spans.resourceStart(), spans.resourceEnd()));
        int scopeSpans = out.begin(2);
        spans.write();
        out.end(scopeSpans);
        out.end(resourceSpans);
        checkGrowth(message.length);
      }
      cursor.position(end);
    }
  }

  private void checkGrowth(int messageLength) throws MalformedOtlpException {
    long most = GROWTH_ALLOWANCE + MAX_GROWTH * messageLength;
    if (out.position() > most) {
      throw new MalformedOtlpException(
          "spans with resources of their own: more than "
              + most
              + " bytes with the node of each (expected: a smaller node)");
    }
  }

  private int open(Resource of) {
    int resourceSpans = out.begin(1);
    int mark = out.begin(1);
    NodeResource.write(node, of, out);
    out.end(mark);
    return resourceSpans;
  }

  private static Node parseNode(byte[] message, int start, int end) throws MalformedOtlpException {
    try {
      return Node.parser().parseFrom(message, start, end - start);
    } catch (InvalidProtocolBufferException e) {
      throw malformed("node", e);
    }
  }

  private static Resource parseResource(byte[] message, int start, int end)
      throws MalformedOtlpException {
    try {
      return Resource.parser().parseFrom(message, start, end - start);
    } catch (InvalidProtocolBufferException e) {
      throw malformed("resource", e);
    }
  }

  private static MalformedOtlpException malformed(String what, Exception cause) {
    return new MalformedOtlpException(
        what + ": " + cause.getMessage() + " (expected: a message of OpenCensus)");
  }
}
