package io.vivace.distributor.receiver.kafka;

import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.vivace.service.config.KafkaReceiverConfig.HeaderExtraction;
import io.vivace.wire.otlp.MalformedOtlpException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/// Makes OTLP of a message: its spans, and the headers that the configuration names as attributes
/// `kafka.header.<name>` of every resource.
///
/// @param encoding of the messages
/// @param extraction which headers
record MessageTranslator(KafkaEncoding encoding, HeaderExtraction extraction) {
  byte[] toOtlp(byte[] message, Headers headers) throws MalformedOtlpException {
    byte[] otlp = encoding.toOtlp(message);
    if (!extraction.extractHeaders() || otlp.length == 0) {
      return otlp;
    }
    List<KeyValue> attributes = attributes(headers);
    return attributes.isEmpty() ? otlp : withAttributes(otlp, attributes);
  }

  private List<KeyValue> attributes(Headers headers) {
    List<KeyValue> attributes = new ArrayList<>();
    for (String name : extraction.headers()) {
      Header header = headers.lastHeader(name);
      if (header != null && header.value() != null) {
        String value = new String(header.value(), StandardCharsets.UTF_8);
        attributes.add(
            KeyValue.newBuilder()
                .setKey("kafka.header." + name)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build());
      }
    }
    return attributes;
  }

  private static byte[] withAttributes(byte[] otlp, List<KeyValue> attributes)
      throws MalformedOtlpException {
    try {
      ExportTraceServiceRequest.Builder request =
          ExportTraceServiceRequest.newBuilder().mergeFrom(otlp);
      request
          .getResourceSpansBuilderList()
          .forEach(each -> each.getResourceBuilder().addAllAttributes(attributes));
      return request.build().toByteArray();
    } catch (InvalidProtocolBufferException e) {
      throw new MalformedOtlpException("message: " + e.getMessage() + " (expected: OTLP)");
    }
  }
}
