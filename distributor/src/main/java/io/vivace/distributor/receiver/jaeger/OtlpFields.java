package io.vivace.distributor.receiver.jaeger;

/// Field numbers of the OTLP messages that a translation writes (opentelemetry-proto,
/// `trace/v1/trace.proto` and `common/v1/common.proto`).
final class OtlpFields {
  static final int REQUEST_RESOURCE_SPANS = 1;
  static final int RESOURCE_SPANS_RESOURCE = 1;
  static final int RESOURCE_SPANS_SCOPE_SPANS = 2;
  static final int RESOURCE_ATTRIBUTES = 1;
  static final int SCOPE_SPANS_SCOPE = 1;
  static final int SCOPE_SPANS_SPANS = 2;
  static final int SCOPE_NAME = 1;
  static final int SCOPE_VERSION = 2;

  static final int SPAN_TRACE_ID = 1;
  static final int SPAN_ID = 2;
  static final int SPAN_TRACE_STATE = 3;
  static final int SPAN_PARENT_ID = 4;
  static final int SPAN_NAME = 5;
  static final int SPAN_KIND = 6;
  static final int SPAN_START = 7;
  static final int SPAN_END = 8;
  static final int SPAN_ATTRIBUTES = 9;
  static final int SPAN_EVENTS = 11;
  static final int SPAN_LINKS = 13;
  static final int SPAN_STATUS = 15;

  static final int EVENT_TIME = 1;
  static final int EVENT_NAME = 2;
  static final int EVENT_ATTRIBUTES = 3;
  static final int LINK_TRACE_ID = 1;
  static final int LINK_SPAN_ID = 2;
  static final int LINK_ATTRIBUTES = 4;
  static final int STATUS_MESSAGE = 2;
  static final int STATUS_CODE = 3;

  static final int KEY = 1;
  static final int VALUE = 2;
  static final int STRING = 1;
  static final int BOOL = 2;
  static final int INT = 3;
  static final int DOUBLE = 4;
  static final int BYTES = 7;

  private OtlpFields() {}
}
