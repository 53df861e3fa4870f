package io.vivace.all.endtoend;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.random.RandomGenerator;

/// Makes traces with the OpenTelemetry SDK: attributes of every type, events, links, status,
/// several services and scopes.
final class SpanSource {
  private final List<SpanData> made = new ArrayList<>();
  private final List<Tracer> tracers = new ArrayList<>();
  private final RandomGenerator random;

  SpanSource(RandomGenerator random) {
    this.random = random;
    SpanExporter collecting =
        new SpanExporter() {
          @Override
          public CompletableResultCode export(Collection<SpanData> spans) {
            made.addAll(spans);
            return CompletableResultCode.ofSuccess();
          }

          @Override
          public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
          }

          @Override
          public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
          }
        };
    for (String service : List.of("front", "cart", "payment")) {
      SdkTracerProvider provider =
          SdkTracerProvider.builder()
              .setResource(
                  Resource.builder().put("service.name", service).put("replica", 2).build())
              .addSpanProcessor(SimpleSpanProcessor.create(collecting))
              .build();
      tracers.add(provider.get("web"));
      tracers.add(provider.get("database", "1.2"));
    }
  }

  /// A trace of `count` spans.
  List<SpanData> trace(int count) {
    made.clear();
    Span root = tracer().spanBuilder("root").setSpanKind(SpanKind.SERVER).setNoParent().startSpan();
    Context context = Context.root().with(root);
    for (int i = 1; i < count; i++) {
      Span span =
          tracer()
              .spanBuilder("operation " + random.nextInt(30))
              .setParent(context)
              .setSpanKind(SpanKind.values()[random.nextInt(SpanKind.values().length)])
              .addLink(root.getSpanContext())
              .setAttribute("text", "größe & <" + random.nextInt(1000) + ">")
              .setAttribute("number", random.nextLong())
              .setAttribute("ratio", random.nextDouble())
              .setAttribute("flag", random.nextBoolean())
              .setAttribute(AttributeKey.stringArrayKey("list"), List.of("a", "b"))
              .setAttribute("http.status_code", 200L + random.nextInt(300))
              .startSpan();
      if (random.nextInt(4) == 0) {
        span.addEvent("retried");
        span.recordException(new IllegalStateException("out of stock"));
        span.setStatus(StatusCode.ERROR, "failed");
      }
      span.end();
    }
    root.end();
    return List.copyOf(made);
  }

  private Tracer tracer() {
    return tracers.get(random.nextInt(tracers.size()));
  }
}
