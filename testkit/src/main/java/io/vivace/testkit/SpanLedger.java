package io.vivace.testkit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What was sent and what became of it. After any fault everything that was acknowledged has to be
/// found exactly once, whole, and nothing that was never sent. A request that got no answer may be
/// there or not. Safe for use by many threads.
public final class SpanLedger {
  private final Map<String, Map<String, String>> acknowledged = new LinkedHashMap<>();
  private final Map<String, Map<String, String>> uncertain = new LinkedHashMap<>();
  private long refused;

  /// A trace as it is read back: contents by span id; one id may come more than once.
  ///
  /// @param spanId in hex
  /// @param content what has to be the same
  public record Span(String spanId, String content) {}

  /// Reads a trace back.
  @FunctionalInterface
  public interface Reader {
    /// The spans that are there, empty when there are none.
    List<Span> read(String traceId) throws Exception;
  }

  /// What a check found.
  ///
  /// @param spans acknowledged spans
  /// @param lost those that are not there
  /// @param duplicated those that are there more than once
  /// @param altered those whose content is another one
  /// @param unknown spans that are there and were never sent
  /// @param examples a few problems in words
  public record Report(
      long spans, long lost, long duplicated, long altered, long unknown, List<String> examples) {
    /// Whether everything acknowledged is there once, and nothing else.
    public boolean isClean() {
      return lost == 0 && duplicated == 0 && altered == 0 && unknown == 0;
    }
  }

  /// Spans of one trace were acknowledged. More may follow for the same trace.
  public synchronized void acknowledged(String traceId, List<Span> spans) {
    add(acknowledged, traceId, spans);
  }

  /// Nobody knows whether spans of one trace were stored.
  public synchronized void uncertain(String traceId, List<Span> spans) {
    add(uncertain, traceId, spans);
    refused += spans.size();
  }

  private static void add(Map<String, Map<String, String>> to, String traceId, List<Span> spans) {
    Map<String, String> known = to.computeIfAbsent(traceId, key -> new TreeMap<>());
    spans.forEach(span -> known.put(span.spanId(), span.content()));
  }

  /// How many spans were acknowledged.
  public synchronized long acknowledgedSpans() {
    return acknowledged.values().stream().mapToLong(Map::size).sum();
  }

  /// How many spans got no acknowledgement.
  public synchronized long refusedSpans() {
    return refused;
  }

  /// The traces of which something was acknowledged.
  public synchronized Set<String> traces() {
    return Set.copyOf(acknowledged.keySet());
  }

  /// Reads everything acknowledged back and compares.
  public Report check(Reader reader) throws Exception {
    Counts counts = new Counts();
    for (String traceId : traces()) {
      Map<String, String> expected;
      Map<String, String> possible;
      synchronized (this) {
        expected = Map.copyOf(acknowledged.getOrDefault(traceId, Map.of()));
        possible = new HashMap<>(uncertain.getOrDefault(traceId, Map.of()));
        possible.putAll(expected);
      }
      counts.compare(traceId, expected, possible, reader.read(traceId));
    }
    return counts.report();
  }

  private static final class Counts {
    private static final int EXAMPLES = 10;

    private final List<String> examples = new ArrayList<>();
    private long spans;
    private long lost;
    private long duplicated;
    private long altered;
    private long unknown;

    void compare(
        String traceId,
        Map<String, String> expected,
        Map<String, String> possible,
        List<Span> found) {
      Map<String, Integer> times = new HashMap<>();
      for (Span span : found) {
        times.merge(span.spanId(), 1, Integer::sum);
        String content = possible.get(span.spanId());
        if (content == null) {
          unknown++;
          example("unknown", traceId, span.spanId());
        } else if (!content.equals(span.content())) {
          altered++;
          example("altered", traceId, span.spanId());
        }
      }
      spans += expected.size();
      for (String spanId : expected.keySet()) {
        int seen = times.getOrDefault(spanId, 0);
        if (seen == 0) {
          lost++;
          example("lost", traceId, spanId);
        } else if (seen > 1) {
          duplicated++;
          example("duplicated", traceId, spanId);
        }
      }
    }

    private void example(String what, String traceId, String spanId) {
      if (examples.size() < EXAMPLES) {
        examples.add(what + ": trace " + traceId + " span " + spanId);
      }
    }

    Report report() {
      return new Report(spans, lost, duplicated, altered, unknown, List.copyOf(examples));
    }
  }
}
