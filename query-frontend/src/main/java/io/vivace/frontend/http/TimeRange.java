package io.vivace.frontend.http;

import io.vivace.service.config.GoDuration;
import java.time.Duration;
import java.util.function.IntConsumer;

/// `start` and `end` of searches: unix seconds of 32 bits, 0 when absent.
final class TimeRange {
  private TimeRange() {}

  static void parse(QueryParameters parameters, IntConsumer start, IntConsumer end) {
    start.accept(seconds(parameters, "start"));
    end.accept(seconds(parameters, "end"));
  }

  private static int seconds(QueryParameters parameters, String name) {
    String text = parameters.get(name);
    return text.isEmpty() ? 0 : (int) GoParse.integer(name, text, 32, "ParseInt");
  }

  static void checkRf1After(QueryParameters parameters) {
    if (!parameters.get("rf1After").isEmpty()) {
      GoParse.time("rf1After", parameters.get("rf1After"));
    }
  }

  /// Refuses a range that is longer than `max`, 0 for no limit. An end before the start is a range
  /// that is too long: the difference is unsigned.
  static void check(int start, int end, Duration max) {
    long length = Integer.toUnsignedLong(end - start);
    if ((start != 0 || end != 0) && !max.isZero() && length > max.toSeconds()) {
      throw GoParse.bad(
          "range specified by start and end exceeds "
              + GoDuration.format(max)
              + ". received start="
              + Integer.toUnsignedLong(start)
              + " end="
              + Integer.toUnsignedLong(end));
    }
  }
}
