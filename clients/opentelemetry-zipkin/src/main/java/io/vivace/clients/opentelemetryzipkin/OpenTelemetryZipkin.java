package io.vivace.clients.opentelemetryzipkin;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.zipkin.ZipkinSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.time.Instant;

/// Sends one trace of two spans and prints its id.
///
/// Arguments: the URL of `/api/v2/spans`, the time of the trace in seconds since 1970.
public final class OpenTelemetryZipkin {
  private OpenTelemetryZipkin() {}

  /// Sends the trace.
  public static void main(String[] arguments) {
    Instant start = Instant.ofEpochSecond(Long.parseLong(arguments[1]));
    try (SdkTracerProvider provider =
        SdkTracerProvider.builder()
            .setResource(
                Resource.create(Attributes.of(AttributeKey.stringKey("service.name"), "otel-shop")))
            .addSpanProcessor(
                BatchSpanProcessor.builder(
                        ZipkinSpanExporter.builder().setEndpoint(arguments[0]).build())
                    .build())
            .build()) {
      Tracer tracer = provider.get("checkout", "1.2");
      Span root =
          tracer
              .spanBuilder("get /cart")
              .setSpanKind(SpanKind.SERVER)
              .setStartTimestamp(start)
              .setAttribute("http.method", "GET")
              .startSpan();
      Span child =
          tracer
              .spanBuilder("charge")
              .setSpanKind(SpanKind.CLIENT)
              .setParent(Context.root().with(root))
              .setStartTimestamp(start.plusMillis(10))
              .setAttribute("amount", 42)
              .startSpan();
      child.addEvent("declined", start.plusMillis(20));
      child.setStatus(StatusCode.ERROR);
      child.end(start.plusMillis(30));
      root.end(start.plusMillis(40));
      System.out.println(root.getSpanContext().getTraceId());
    }
  }
}
