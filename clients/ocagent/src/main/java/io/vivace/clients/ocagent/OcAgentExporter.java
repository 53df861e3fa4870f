package io.vivace.clients.ocagent;

import io.opencensus.common.Duration;
import io.opencensus.exporter.trace.ocagent.OcAgentTraceExporter;
import io.opencensus.exporter.trace.ocagent.OcAgentTraceExporterConfiguration;
import io.opencensus.trace.AttributeValue;
import io.opencensus.trace.Span;
import io.opencensus.trace.Status;
import io.opencensus.trace.Tracer;
import io.opencensus.trace.Tracing;
import io.opencensus.trace.samplers.Samplers;
import java.io.IOException;

/// Sends a trace of two spans for every byte that it reads, and prints the id of each; a trace that
/// ends before the exporter has connected is not sent, so the first ones may be lost.
///
/// Arguments: host and port of the agent.
public final class OcAgentExporter {
  private OcAgentExporter() {}

  /// Sends traces.
  public static void main(String[] arguments) throws IOException {
    OcAgentTraceExporter.createAndRegister(
        OcAgentTraceExporterConfiguration.builder()
            .setEndPoint(arguments[0])
            .setUseInsecure(true)
            .setServiceName("oc-shop")
            .setRetryInterval(Duration.create(1, 0))
            .build());
    Tracer tracer = Tracing.getTracer();
    while (System.in.read() >= 0) {
      Span root =
          tracer
              .spanBuilderWithExplicitParent("get /cart", null)
              .setSpanKind(Span.Kind.SERVER)
              .setSampler(Samplers.alwaysSample())
              .startSpan();
      root.putAttribute("http.method", AttributeValue.stringAttributeValue("GET"));
      Span child =
          tracer
              .spanBuilderWithExplicitParent("charge", root)
              .setSpanKind(Span.Kind.CLIENT)
              .setSampler(Samplers.alwaysSample())
              .startSpan();
      child.putAttribute("amount", AttributeValue.longAttributeValue(42));
      child.addAnnotation("retry");
      child.setStatus(Status.UNAVAILABLE.withDescription("declined"));
      child.end();
      root.end();
      System.out.println(root.getContext().getTraceId().toLowerBase16());
    }
  }
}
