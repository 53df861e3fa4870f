package io.vivace.frontend.http;

import io.vivace.wire.TraceId;
import java.util.UUID;

/// The parameters of a trace by id.
///
/// @param traceId whose trace
/// @param recent whether ingesters are asked
/// @param blocks whether blocks are asked
/// @param start first second of the range, 0 for none
/// @param end last second of the range, 0 for none
/// @param firstBlock blocks before this id are left out
/// @param lastBlock blocks after this id are left out
record TraceByIdParameters(
    TraceId traceId,
    boolean recent,
    boolean blocks,
    long start,
    long end,
    String firstBlock,
    String lastBlock) {
  private static final String FIRST = "00000000-0000-0000-0000-000000000000";
  private static final String LAST = "ffffffff-ffff-ffff-ffff-ffffffffffff";

  static TraceByIdParameters parse(String id, QueryParameters parameters) {
    TraceId traceId = traceId(id);
    String mode = parameters.get("mode");
    switch (mode) {
      case "ingesters" -> {
        return new TraceByIdParameters(traceId, true, false, 0, 0, FIRST, LAST);
      }
      case "", "all", "blocks" -> {}
      default -> throw GoParse.bad("invalid value for mode " + mode);
    }
    String first = block(parameters, "blockStart", "blockstart", FIRST);
    String last = block(parameters, "blockEnd", "blockEnd", LAST);
    long start = seconds(parameters, "start");
    long end = seconds(parameters, "end");
    if (start != 0 && end != 0 && end <= start) {
      throw GoParse.bad(
          "http parameter start must be before end. received start=" + start + " end=" + end);
    }
    TimeRange.checkRf1After(parameters);
    return new TraceByIdParameters(traceId, !mode.equals("blocks"), true, start, end, first, last);
  }

  private static TraceId traceId(String id) {
    for (int i = 0; i < id.length(); i++) {
      if (Character.digit(id.charAt(i), 16) < 0 || id.charAt(i) > 'f') {
        throw GoParse.bad(
            "trace IDs can only contain hex characters: invalid character '"
                + id.charAt(i)
                + "' at position "
                + (i + 1));
      }
    }
    if (id.length() > 2 * TraceId.BYTES) {
      throw GoParse.bad("trace IDs can't be larger than 128 bits");
    }
    return TraceId.ofHex(id);
  }

  private static long seconds(QueryParameters parameters, String name) {
    String text = parameters.get(name);
    return text.isEmpty() ? 0 : GoParse.integer(name, text, 64, "ParseInt");
  }

  private static String block(
      QueryParameters parameters, String name, String nameInError, String otherwise) {
    String text = parameters.get(name);
    if (text.isEmpty()) {
      return otherwise;
    }
    if (text.length() != 36) {
      throw GoParse.bad(
          "invalid value for " + nameInError + ": invalid UUID length: " + text.length());
    }
    try {
      return UUID.fromString(text).toString();
    } catch (IllegalArgumentException e) {
      throw GoParse.bad("invalid value for " + nameInError + ": invalid UUID format");
    }
  }

  /// Whether a block is asked.
  ///
  /// @param id the block's id
  /// @param blockStart first second that the block covers
  /// @param blockEnd last second that it covers
  boolean takes(String id, long blockStart, long blockEnd) {
    boolean overlaps = start == 0 || end == 0 || blockStart < end && blockEnd > start;
    return overlaps && id.compareTo(firstBlock) >= 0 && id.compareTo(lastBlock) <= 0;
  }
}
