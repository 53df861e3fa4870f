package io.vivace.clients.brave;

import brave.Span;
import brave.Tracer;
import brave.Tracing;
import brave.sampler.Sampler;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import zipkin2.reporter.AsyncReporter;
import zipkin2.reporter.SpanBytesEncoder;
import zipkin2.reporter.brave.ZipkinSpanHandler;
import zipkin2.reporter.urlconnection.URLConnectionSender;

/// Sends one trace of two spans and prints its id.
///
/// Arguments: the URL of `/api/v1/spans` or `/api/v2/spans`, the encoding (`JSON_V1`, `JSON_V2`,
/// `THRIFT`, `PROTO3`), the time of the trace in seconds since 1970, `64` or `128` for the bits of
/// its id.
public final class BraveReporter {
  private BraveReporter() {}

  /// Sends the trace.
  public static void main(String[] arguments) throws IOException {
    SpanBytesEncoder encoder = SpanBytesEncoder.valueOf(arguments[1]);
    long start = TimeUnit.SECONDS.toMicros(Long.parseLong(arguments[2]));
    try (URLConnectionSender sender =
            URLConnectionSender.newBuilder()
                .endpoint(arguments[0])
                .encoding(encoder.encoding())
                .build();
        AsyncReporter<zipkin2.Span> reporter = AsyncReporter.builder(sender).build(encoder);
        Tracing tracing =
            Tracing.newBuilder()
                .localServiceName("brave-shop")
                .traceId128Bit(arguments[3].equals("128"))
                .sampler(Sampler.ALWAYS_SAMPLE)
                .addSpanHandler(ZipkinSpanHandler.create(reporter))
                .build()) {
      Tracer tracer = tracing.tracer();
      Span root = tracer.newTrace().name("get /cart").kind(Span.Kind.SERVER).start(start);
      root.tag("http.method", "GET");
      Span child = tracer.newChild(root.context()).name("charge").kind(Span.Kind.CLIENT);
      child.start(start + 10_000);
      child.tag("amount", "42");
      child.tag("error", "declined");
      child.annotate(start + 20_000, "retry");
      child.remoteServiceName("bank");
      child.remoteIpAndPort("10.1.2.3", 443);
      child.finish(start + 30_000);
      root.finish(start + 40_000);
      System.out.println(root.context().traceIdString());
      reporter.flush();
    }
  }
}
