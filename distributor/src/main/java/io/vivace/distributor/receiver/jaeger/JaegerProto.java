package io.vivace.distributor.receiver.jaeger;

import io.vivace.wire.otlp.MalformedOtlpException;
import io.vivace.wire.otlp.OtlpWriter;
import io.vivace.wire.otlp.WireCursor;

/// Translates the protobuf messages of Jaeger (jaeger-idl, `proto/api_v2`) to OTLP.
///
/// Refused is what the decoder of the collector refuses: wrong wire types of known fields, lengths
/// past the end, ids of odd lengths, times out of range.
public final class JaegerProto {
  private final WireCursor cursor;
  private final int size;
  private final SpanGroups groups = new SpanGroups();
  private final OtlpWriter resource = new OtlpWriter(512);
  private final JaegerProcess process = new JaegerProcess();
  private final JaegerProtoSpan spanReader;

  private JaegerProto(byte[] request) {
    this.cursor = new WireCursor(request, 0);
    this.size = request.length;
    this.spanReader = new JaegerProtoSpan(cursor, request);
  }

  /// The spans of a `PostSpansRequest` as an OTLP `ExportTraceServiceRequest`; empty when it has
  /// none.
  ///
  /// @throws MalformedOtlpException when the bytes are no such request
  public static byte[] translate(byte[] request) throws MalformedOtlpException {
    return new JaegerProto(request).request();
  }

  private byte[] request() throws MalformedOtlpException {
    // a batch names its process after its spans
    eachBatch(this::readProcess);
    process.writeUnlessNameless(resource);
    SpanGroups.Resource batchResource = groups.resource(resource);
    eachBatch(end -> readSpans(end, batchResource));
    return groups.toOtlp();
  }

  private interface BatchReader {
    void read(int end) throws MalformedOtlpException;
  }

  private void eachBatch(BatchReader reader) throws MalformedOtlpException {
    cursor.position(0);
    while (cursor.position() < size) {
      int tag = cursor.readTag(size);
      if (tag == JaegerFields.REQUEST_BATCH) {
        reader.read(cursor.readEnd(size));
      } else {
        JaegerFields.skip(cursor, tag, size, JaegerFields.REQUEST_LAST);
      }
    }
  }

  private void readProcess(int end) throws MalformedOtlpException {
    while (cursor.position() < end) {
      int tag = cursor.readTag(end);
      if (tag == JaegerFields.BATCH_PROCESS) {
        spanReader.process(process, cursor.readEnd(end));
      } else {
        JaegerFields.skip(cursor, tag, end, 0);
      }
    }
  }

  private void readSpans(int end, SpanGroups.Resource batchResource) throws MalformedOtlpException {
    while (cursor.position() < end) {
      int tag = cursor.readTag(end);
      if (tag != JaegerFields.BATCH_SPANS) {
        JaegerFields.skip(
            cursor, tag, end, tag == JaegerFields.BATCH_PROCESS ? 0 : JaegerFields.BATCH_LAST);
        continue;
      }
      spanReader.read(cursor.readEnd(end));
      if (spanReader.span.isBlank()) {
        continue;
      }
      SpanGroups.Resource owner = batchResource;
      if (spanReader.hasOwnProcess()) {
        resource.reset();
        spanReader.ownProcess().writeUnlessNameless(resource);
        owner = groups.resource(resource);
      }
      spanReader.finish();
      owner.add(spanReader.span, spanReader.scopeName, spanReader.scopeVersion);
    }
  }
}
