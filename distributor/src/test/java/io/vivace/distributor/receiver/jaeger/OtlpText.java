package io.vivace.distributor.receiver.jaeger;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/// OTLP as text: one line a span, its parts in a fixed order, attributes sorted, what is not there
/// left out.
final class OtlpText {
  private OtlpText() {}

  /// A line for each span, sorted.
  static List<String> lines(byte[] otlp) throws InvalidProtocolBufferException {
    return lines(ExportTraceServiceRequest.parseFrom(otlp));
  }

  static List<String> lines(ExportTraceServiceRequest request) {
    List<String> lines = new ArrayList<>();
    for (ResourceSpans resource : request.getResourceSpansList()) {
      String resourceText = attributes(resource.getResource().getAttributesList());
      for (ScopeSpans scope : resource.getScopeSpansList()) {
        String scopeText = scope.getScope().getName() + "@" + scope.getScope().getVersion();
        for (Span span : scope.getSpansList()) {
          lines.add(resourceText + " " + scopeText + " " + ids(span) + " " + span(span));
        }
      }
    }
    lines.sort(null);
    return lines;
  }

  static String resource(byte[] otlp) throws InvalidProtocolBufferException {
    ExportTraceServiceRequest request = ExportTraceServiceRequest.parseFrom(otlp);
    return attributes(request.getResourceSpans(0).getResource().getAttributesList());
  }

  private static String ids(Span span) {
    return hex(span.getTraceId())
        + "/"
        + hex(span.getSpanId())
        + " "
        + span.getStartTimeUnixNano()
        + "-"
        + span.getEndTimeUnixNano();
  }

  /// What `span` says beside ids and times.
  static String span(Span span) {
    StringBuilder text = new StringBuilder(span.getName());
    if (!span.getParentSpanId().isEmpty()) {
      text.append(" parent=").append(hex(span.getParentSpanId()));
    }
    if (span.getKindValue() != 0) {
      text.append(" kind=").append(span.getKind().name().replace("SPAN_KIND_", ""));
    }
    if (!span.getTraceState().isEmpty()) {
      text.append(" state=").append(span.getTraceState());
    }
    Status status = span.getStatus();
    if (span.hasStatus()) {
      text.append(" status=").append(status.getCode().name().replace("STATUS_CODE_", ""));
      text.append('(').append(status.getMessage()).append(')');
    }
    if (span.getAttributesCount() > 0) {
      text.append(' ').append(attributes(span.getAttributesList()));
    }
    span.getEventsList()
        .forEach(event ->
            text.append(" event=")
                .append(event.getName())
                .append('@')
                .append(event.getTimeUnixNano())
                .append(attributes(event.getAttributesList())));
    span.getLinksList()
        .forEach(link ->
            text.append(" link=")
                .append(hex(link.getTraceId()))
                .append('/')
                .append(hex(link.getSpanId()))
                .append(attributes(link.getAttributesList())));
    return text.toString();
  }

  private static String attributes(List<KeyValue> attributes) {
    return attributes.stream()
        .map(attribute -> attribute.getKey() + "=" + value(attribute.getValue()))
        .sorted()
        .collect(Collectors.joining(" ", "{", "}"));
  }

  private static String value(AnyValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE -> '"' + value.getStringValue() + '"';
      case BOOL_VALUE -> String.valueOf(value.getBoolValue());
      case INT_VALUE -> value.getIntValue() + "L";
      case DOUBLE_VALUE -> String.valueOf(value.getDoubleValue());
      case BYTES_VALUE -> "0x" + hex(value.getBytesValue());
      case ARRAY_VALUE, KVLIST_VALUE, STRING_VALUE_STRINDEX, VALUE_NOT_SET ->
          throw new IllegalArgumentException("no value of a tag: " + value);
    };
  }

  private static String hex(ByteString bytes) {
    return HexFormat.of().formatHex(bytes.toByteArray());
  }
}
