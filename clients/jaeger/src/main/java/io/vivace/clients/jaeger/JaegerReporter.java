package io.vivace.clients.jaeger;

import io.jaegertracing.Configuration;
import io.jaegertracing.Configuration.ReporterConfiguration;
import io.jaegertracing.Configuration.SamplerConfiguration;
import io.jaegertracing.Configuration.SenderConfiguration;
import io.jaegertracing.internal.JaegerSpan;
import io.jaegertracing.internal.JaegerTracer;
import io.jaegertracing.internal.reporters.RemoteReporter;
import io.opentracing.References;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.thrift.transport.TTransportException;

/// Sends one trace of three spans and prints its id.
///
/// Arguments: `udp` or `udp-binary` and the port, or `http` and the URL of `/api/traces`; the time
/// of the trace in seconds since 1970.
public final class JaegerReporter {
  private JaegerReporter() {}

  /// Sends the trace.
  public static void main(String[] arguments) throws TTransportException {
    long start = TimeUnit.SECONDS.toMicros(Long.parseLong(arguments[2]));
    SenderConfiguration sender = new SenderConfiguration();
    if (arguments[0].equals("udp")) {
      sender.withAgentHost("127.0.0.1").withAgentPort(Integer.parseInt(arguments[1]));
    } else if (arguments[0].equals("http")) {
      sender.withEndpoint(arguments[1]);
    }
    Configuration configuration =
        new Configuration("jaeger-shop")
            .withTraceId128Bit(true)
            .withSampler(new SamplerConfiguration().withType("const").withParam(1))
            .withReporter(new ReporterConfiguration().withSender(sender));
    JaegerTracer.Builder builder = configuration.getTracerBuilder();
    if (arguments[0].equals("udp-binary")) {
      builder.withReporter(
          new RemoteReporter.Builder()
              .withSender(new BinaryUdpSender(Integer.parseInt(arguments[1])))
              .build());
    }
    try (JaegerTracer tracer = builder.build()) {
      JaegerSpan root =
          tracer
              .buildSpan("get /cart")
              .withStartTimestamp(start)
              .withTag("span.kind", "server")
              .withTag("http.method", "GET")
              .withTag("retries", 2)
              .withTag("ratio", 0.5)
              .withTag("cached", true)
              .start();
      JaegerSpan child =
          tracer
              .buildSpan("charge")
              .asChildOf(root)
              .withStartTimestamp(start + 10_000)
              .withTag("span.kind", "client")
              .withTag("amount", 42)
              .withTag("error", true)
              .start();
      child.log(start + 20_000, Map.of("event", "retry", "attempt", 2));
      child.finish(start + 30_000);
      root.finish(start + 40_000);
      tracer
          .buildSpan("audit")
          .addReference(References.FOLLOWS_FROM, root.context())
          .withStartTimestamp(start + 50_000)
          .start()
          .finish(start + 60_000);
      System.out.println(root.context().getTraceId());
    }
  }
}
