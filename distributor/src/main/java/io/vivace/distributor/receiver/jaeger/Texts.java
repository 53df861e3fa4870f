package io.vivace.distributor.receiver.jaeger;

import java.nio.charset.StandardCharsets;

/// Names and values of tags that mean something, as bytes.
final class Texts {
  static final byte[] SERVICE_NAME = of("service.name");
  static final byte[] HOSTNAME = of("hostname");
  static final byte[] HOST_NAME = of("host.name");
  static final byte[] JAEGER_VERSION = of("jaeger.version");
  static final byte[] EXPORTER_VERSION = of("opencensus.exporterversion");
  static final byte[] NO_SERVICE_NAME = of("OTLPResourceNoServiceName");
  static final byte[] SPAN_KIND = of("span.kind");
  static final byte[] ERROR = of("error");
  static final byte[] STATUS_CODE = of("otel.status_code");
  static final byte[] STATUS_DESCRIPTION = of("otel.status_description");
  static final byte[] HTTP_STATUS_CODE = of("http.status_code");
  static final byte[] HTTP_STATUS_MESSAGE = of("http.status_message");
  static final byte[] TRACE_STATE = of("w3c.tracestate");
  static final byte[] SCOPE_NAME = of("otel.scope.name");
  static final byte[] SCOPE_VERSION = of("otel.scope.version");
  static final byte[] EVENT = of("event");

  private Texts() {}

  static byte[] of(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
