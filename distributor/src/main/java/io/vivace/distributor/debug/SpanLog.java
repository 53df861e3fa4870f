package io.vivace.distributor.debug;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.vivace.distributor.PushException;
import io.vivace.distributor.PushListener;
import io.vivace.service.config.DistributorConfig;
import io.vivace.service.config.DistributorConfig.LogSpansConfig;
import io.vivace.service.log.RateLimitedLog;
import io.vivace.wire.otlp.OtlpBatch;
import io.vivace.wire.otlp.TraceSlice;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells in the log of pushes that failed, and of every span that came in or was refused when the
/// configuration asks for it. Spans refused by the rate limit are not among them, as in Tempo.
public final class SpanLog implements PushListener {
  private static final Logger LOG = LoggerFactory.getLogger(SpanLog.class);

  private final SpanLines received;
  private final SpanLines discarded;
  private final RateLimitedLog errors;

  /// A log.
  ///
  /// @param spans bounds the lines about spans
  /// @param errors bounds the lines about pushes that failed
  public SpanLog(DistributorConfig config, RateLimitedLog spans, RateLimitedLog errors) {
    LogSpansConfig log = config.logReceivedSpans();
    // log_received_traces is the old name of log_received_spans.enabled
    LogSpansConfig logReceived =
        new LogSpansConfig(
            log.enabled() || config.logReceivedTraces(),
            log.includeAllAttributes(),
            log.filterByStatusError());
    this.received = new SpanLines(LOG, logReceived, spans);
    this.discarded = new SpanLines(LOG, config.logDiscardedSpans(), spans);
    this.errors = errors;
  }

  @Override
  public void received(String tenant, OtlpBatch batch) {
    if (received.enabled()) {
      SpanVisitor.visit(
          bytes(batch), (resource, span) -> received.write("received", Map.of(), resource, span));
    }
  }

  @Override
  public void discarded(String tenant, OtlpBatch batch) {
    discarded(Map.of("tenant", tenant), bytes(batch));
  }

  @Override
  public void rejected(String tenant, TraceSlice trace, String reason) {
    discarded(Map.of("tenant", tenant, "push_error_reason", reason), trace.bytes());
  }

  private void discarded(Map<String, String> fields, ByteString otlp) {
    if (discarded.enabled()) {
      SpanVisitor.visit(
          otlp, (resource, span) -> discarded.write("discarded", fields, resource, span));
    }
  }

  private static ByteString bytes(OtlpBatch batch) {
    return UnsafeByteOperations.unsafeWrap(batch.bytes());
  }

  @Override
  public void failed(String tenant, PushException error) {
    errors.error(
        LOG,
        "pusher failed to consume trace data",
        tenant,
        "err",
        String.valueOf(error.getMessage()));
  }
}
