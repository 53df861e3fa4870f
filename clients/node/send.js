'use strict';
// Sends one trace with every exporter that is named on the command line, as name=address, and prints
// "name trace-id" for each.
const { context, trace, SpanKind, SpanStatusCode } = require('@opentelemetry/api');
const { resourceFromAttributes } = require('@opentelemetry/resources');
const { SimpleSpanProcessor, TracerProvider } = require('@opentelemetry/sdk-trace');

const exporters = {
  'otlp-json': (url) =>
    new (require('@opentelemetry/exporter-trace-otlp-http').OTLPTraceExporter)({ url }),
  'otlp-json-gzip': (url) =>
    new (require('@opentelemetry/exporter-trace-otlp-http').OTLPTraceExporter)({ url, compression: 'gzip' }),
  'otlp-proto': (url) =>
    new (require('@opentelemetry/exporter-trace-otlp-proto').OTLPTraceExporter)({ url }),
  'otlp-grpc': (url) =>
    new (require('@opentelemetry/exporter-trace-otlp-grpc').OTLPTraceExporter)({ url }),
  zipkin: (url) => new (require('@opentelemetry/exporter-zipkin').ZipkinExporter)({ url }),
  'jaeger-http': (endpoint) =>
    new (require('@opentelemetry/exporter-jaeger').JaegerExporter)({ endpoint }),
  'jaeger-udp': (address) => {
    const [host, port] = address.split(':');
    return new (require('@opentelemetry/exporter-jaeger').JaegerExporter)({ host, port: Number(port) });
  },
};

async function send(name, address) {
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': `node-${name}` }),
    spanProcessors: [new SimpleSpanProcessor({ exporter: exporters[name](address) })],
  });
  const tracer = provider.getTracer('send', '1.0');
  const parent = tracer.startSpan('checkout', {
    kind: SpanKind.SERVER,
    attributes: { text: 'a b', whole: 7, half: 0.5, yes: true },
  });
  const child = tracer.startSpan('charge', { kind: SpanKind.CLIENT }, trace.setSpan(context.active(), parent));
  child.addEvent('retry', { attempt: 2 });
  child.setStatus({ code: SpanStatusCode.ERROR, message: 'declined' });
  child.end();
  parent.end();
  await provider.forceFlush();
  await provider.shutdown();
  console.log(`${name} ${parent.spanContext().traceId}`);
}

async function main() {
  for (const argument of process.argv.slice(2)) {
    const split = argument.indexOf('=');
    await send(argument.slice(0, split), argument.slice(split + 1));
  }
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
