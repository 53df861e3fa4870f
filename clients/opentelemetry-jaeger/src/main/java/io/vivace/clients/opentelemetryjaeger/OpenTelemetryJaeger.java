package io.vivace.clients.opentelemetryjaeger;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.jaeger.JaegerGrpcSpanExporter;
import io.opentelemetry.exporter.jaeger.thrift.JaegerThriftSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Instant;

/// Sends one trace of three spans and prints its id.
///
/// Arguments: `grpc` or `thrift`; the URL; the time of the trace in seconds since 1970.
@SuppressWarnings("deprecation")
public final class OpenTelemetryJaeger {
  private OpenTelemetryJaeger() {}

  /// Sends the trace.
  public static void main(String[] arguments) {
    Instant start = Instant.ofEpochSecond(Long.parseLong(arguments[2]));
    try (SdkTracerProvider provider =
        SdkTracerProvider.builder()
            .setResource(
                Resource.create(
                    Attributes.of(AttributeKey.stringKey("service.name"), "jaeger-shop")))
            .addSpanProcessor(
                BatchSpanProcessor.builder(exporter(arguments[0], arguments[1])).build())
            .build()) {
      Tracer tracer = provider.get("checkout", "1.2");
      Span root =
          tracer
              .spanBuilder("get /cart")
              .setSpanKind(SpanKind.SERVER)
              .setStartTimestamp(start)
              .setAttribute("http.method", "GET")
              .setAttribute("retries", 2)
              .setAttribute("ratio", 0.5)
              .setAttribute("cached", true)
              .startSpan();
      Context inRoot = Context.root().with(root);
      Span child =
          tracer
              .spanBuilder("charge")
              .setSpanKind(SpanKind.CLIENT)
              .setParent(inRoot)
              .setStartTimestamp(start.plusMillis(10))
              .setAttribute("amount", 42)
              .startSpan();
      child.addEvent(
          "retry", Attributes.of(AttributeKey.longKey("attempt"), 2L), start.plusMillis(20));
      child.setStatus(StatusCode.ERROR, "declined");
      child.end(start.plusMillis(30));
      root.end(start.plusMillis(40));
      tracer
          .spanBuilder("audit")
          .setParent(inRoot)
          .addLink(child.getSpanContext())
          .setStartTimestamp(start.plusMillis(50))
          .startSpan()
          .end(start.plusMillis(60));
      System.out.println(root.getSpanContext().getTraceId());
    }
  }

  private static SpanExporter exporter(String protocol, String endpoint) {
    return protocol.equals("grpc")
        ? JaegerGrpcSpanExporter.builder().setEndpoint(endpoint).build()
        : JaegerThriftSpanExporter.builder().setEndpoint(endpoint).build();
  }
}
