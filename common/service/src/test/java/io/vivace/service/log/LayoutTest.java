package io.vivace.service.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

class LayoutTest {
  private static LoggingEvent event(String message, KeyValuePair... pairs) {
    LoggerContext context = new LoggerContext();
    LoggingEvent event =
        new LoggingEvent(
            "fqcn", context.getLogger("io.vivace.Some"), Level.INFO, message, null, new Object[0]);
    event.setInstant(Instant.parse("2026-01-02T03:04:05.006Z"));
    event.setMDCPropertyMap(Map.of());
    event.setKeyValuePairs(List.of(pairs));
    return event;
  }

  @Test
  void logfmtQuotesOnlyWhatNeedsIt() {
    String line =
        new LogfmtLayout()
            .doLayout(
                event(
                    "block flushed",
                    new KeyValuePair("tenant", "a"),
                    new KeyValuePair("query", "{ .a = \"b\" }\n"),
                    new KeyValuePair("empty", "")));

    assertThat(line)
        .isEqualTo(
            "level=info ts=2026-01-02T03:04:05.006Z caller=Some msg=\"block flushed\" tenant=a"
                + " query=\"{ .a = \\\"b\\\" }\\n\" empty=\"\"\n");
  }

  @Test
  void jsonIsOneObjectALine() {
    assertThat(new JsonLayout().doLayout(event("up", new KeyValuePair("port", 3200))))
        .isEqualTo(
            "{\"level\":\"info\",\"ts\":\"2026-01-02T03:04:05.006Z\",\"caller\":\"Some\","
                + "\"msg\":\"up\",\"port\":\"3200\"}\n");
  }
}
