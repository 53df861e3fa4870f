package io.vivace.distributor.receiver;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/// Prints OTLP requests in a form that is good to read and to compare: one line a resource, a scope
/// and a span; parts that are empty are left out.
public final class OtlpText {
  private OtlpText() {}

  /// The text of `otlp`, which has to be an export request.
  public static String of(byte[] otlp) {
    StringBuilder text = new StringBuilder();
    for (ResourceSpans resource : parse(otlp).getResourceSpansList()) {
      text.append("resource").append(attributes(resource.getResource().getAttributesList()));
      text.append('\n');
      for (ScopeSpans scope : resource.getScopeSpansList()) {
        scope(text, scope);
      }
    }
    return text.toString();
  }

  /// The request in `otlp`.
  public static ExportTraceServiceRequest parse(byte[] otlp) {
    try {
      return ExportTraceServiceRequest.parseFrom(otlp);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError("not OTLP: " + HexFormat.of().formatHex(otlp), e);
    }
  }

  private static void scope(StringBuilder text, ScopeSpans scope) {
    String name = scope.getScope().getName();
    if (!name.isEmpty() || !scope.getScope().getVersion().isEmpty()) {
      text.append("scope ").append(name).append(' ').append(scope.getScope().getVersion());
      text.append('\n');
    }
    scope.getSpansList().forEach(span -> span(text, span));
  }

  private static void span(StringBuilder text, Span span) {
    text.append("span ").append(hex(span.getTraceId())).append(' ').append(hex(span.getSpanId()));
    part(text, "parent", hex(span.getParentSpanId()));
    part(text, "state", span.getTraceState());
    part(text, "name", span.getName());
    if (span.getKindValue() != 0) {
      part(text, "kind", span.getKind().name().substring("SPAN_KIND_".length()));
    }
    part(text, "time", span.getStartTimeUnixNano() + "-" + span.getEndTimeUnixNano());
    text.append(attributes(span.getAttributesList()));
    dropped(text, span.getDroppedAttributesCount());
    for (Span.Event event : span.getEventsList()) {
      text.append(" event[").append(event.getTimeUnixNano());
      part(text, "name", event.getName());
      text.append(attributes(event.getAttributesList()));
      dropped(text, event.getDroppedAttributesCount());
      text.append(']');
    }
    dropped(text, span.getDroppedEventsCount());
    for (Span.Link link : span.getLinksList()) {
      text.append(" link[").append(hex(link.getTraceId())).append(' ');
      text.append(hex(link.getSpanId()));
      part(text, "state", link.getTraceState());
      text.append(attributes(link.getAttributesList()));
      dropped(text, link.getDroppedAttributesCount());
      text.append(']');
    }
    dropped(text, span.getDroppedLinksCount());
    status(text, span.getStatus());
    text.append('\n');
  }

  private static void status(StringBuilder text, Status status) {
    if (status.getCodeValue() != 0) {
      String name =
          status.getCode() == Status.StatusCode.UNRECOGNIZED
              ? "" + status.getCodeValue()
              : status.getCode().name().substring("STATUS_CODE_".length());
      part(text, "status", name);
    }
    part(text, "message", status.getMessage());
  }

  private static void part(StringBuilder text, String name, String value) {
    if (!value.isEmpty()) {
      text.append(' ').append(name).append('=').append(value);
    }
  }

  private static void dropped(StringBuilder text, int count) {
    if (count != 0) {
      text.append(" dropped=").append(count);
    }
  }

  private static String attributes(List<KeyValue> attributes) {
    if (attributes.isEmpty()) {
      return "";
    }
    return attributes.stream()
        .map(attribute -> attribute.getKey() + "=" + value(attribute.getValue()))
        .collect(Collectors.joining(", ", " {", "}"));
  }

  private static String value(AnyValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE -> "'" + value.getStringValue() + "'";
      case BOOL_VALUE -> "" + value.getBoolValue();
      case INT_VALUE -> "" + value.getIntValue();
      case DOUBLE_VALUE -> value.getDoubleValue() + "d";
      case BYTES_VALUE -> "x" + hex(value.getBytesValue());
      default -> value.getValueCase().name();
    };
  }

  private static String hex(ByteString bytes) {
    return HexFormat.of().formatHex(bytes.toByteArray());
  }
}
