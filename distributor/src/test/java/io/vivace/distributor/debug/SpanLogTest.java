package io.vivace.distributor.debug;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.grpc.Status;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import io.vivace.distributor.PushException;
import io.vivace.service.config.ConfigLoader;
import io.vivace.service.log.RateLimitedLog;
import io.vivace.testkit.Traces;
import io.vivace.wire.TraceId;
import io.vivace.wire.otlp.OtlpBatch;
import io.vivace.wire.otlp.OtlpRegrouper;
import io.vivace.wire.otlp.OtlpScanner;
import io.vivace.wire.tempopb.Trace;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class SpanLogTest {
  private final Logger logger = (Logger) LoggerFactory.getLogger(SpanLog.class);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final AtomicInteger dropped = new AtomicInteger();

  @BeforeEach
  void listen() {
    lines.start();
    logger.addAppender(lines);
  }

  @AfterEach
  void stop() {
    logger.detachAppender(lines);
  }

  @Test
  void isSilentUnlessAskedTo() throws Exception {
    SpanLog log = log("");
    log.received("t", batch(trace(2)));
    log.discarded("t", batch(trace(2)));
    assertThat(lines.list).isEmpty();
  }

  @Test
  void namesEverySpanThatCameIn() throws Exception {
    log("log_received_spans: {enabled: true}").received("t", batch(trace(2)));
    assertThat(texts())
        .containsExactly(
            "received spanid=0000000000000001 traceid=00000000000000010000000000000001",
            "received spanid=0000000000000002 traceid=00000000000000010000000000000001");
  }

  @Test
  void takesTheOldNameOfTheKey() throws Exception {
    log("log_received_traces: true").received("t", batch(trace(2)));
    assertThat(texts()).hasSize(2);
  }

  @Test
  void tellsEverythingOfSpansThatFailed() throws Exception {
    Trace.Builder trace = trace(2).toBuilder();
    trace
        .getResourceSpansBuilder(0)
        .getScopeSpansBuilder(0)
        .getSpansBuilder(1)
        .getStatusBuilder()
        .setCode(StatusCode.STATUS_CODE_ERROR);
    log("log_received_spans: {enabled: true, include_all_attributes: true, filter_by_status_error:"
            + " true}")
        .received("t", batch(trace.build()));
    assertThat(texts())
        .containsExactly(
            "received span_service_name=shop span_name=operation 1 span_duration_seconds=5.0E-4"
                + " span_kind=SPAN_KIND_SERVER span_status=STATUS_CODE_ERROR span_step=step 1"
                + " spanid=0000000000000002 traceid=00000000000000010000000000000001");
  }

  @Test
  void namesSpansThatWereRefusedAndWhy() throws Exception {
    SpanLog log = log("log_discarded_spans: {enabled: true}");
    log.discarded("t", batch(trace(1)));
    log.rejected("t", OtlpRegrouper.regroup(batch(trace(1)), 1).getFirst(), "TRACE_TOO_LARGE");
    assertThat(texts().getFirst()).startsWith("discarded tenant=t spanid=0000000000000001");
    assertThat(texts().getLast())
        .contains("tenant=t")
        .contains("push_error_reason=TRACE_TOO_LARGE")
        .contains("spanid=0000000000000001");
  }

  @Test
  void countsTheLinesThatAreTooMany() throws Exception {
    SpanLog log = log("log_received_spans: {enabled: true}");
    log.received("t", batch(trace(10)));
    assertThat(lines.list).hasSize(5);
    for (int i = 0; i < 7; i++) {
      log.failed("t", new PushException(Status.Code.UNAVAILABLE, "down"));
    }
    assertThat(texts().getLast())
        .isEqualTo("pusher failed to consume trace data tenant=t err=down");
    assertThat(lines.list).hasSize(10);
    assertThat(dropped).hasValue(7);
  }

  private SpanLog log(String keys) throws Exception {
    return new SpanLog(
        ConfigLoader.parse("distributor: {" + keys + "}", Map.of()).config().distributor(),
        new RateLimitedLog(() -> 0, 5, dropped::incrementAndGet),
        new RateLimitedLog(() -> 0, 5, dropped::incrementAndGet));
  }

  private List<String> texts() {
    return lines.list.stream()
        .map(line ->
            line.getFormattedMessage()
                + " "
                + line.getKeyValuePairs().stream()
                    .map(pair -> pair.key + "=" + pair.value)
                    .collect(Collectors.joining(" ")))
        .toList();
  }

  private static Trace trace(int spans) {
    return Traces.trace(new TraceId(1, 1), "shop", spans, 1);
  }

  private static OtlpBatch batch(Trace trace) throws Exception {
    return OtlpScanner.scan(trace.toByteArray());
  }
}
