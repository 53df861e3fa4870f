package io.vivace.search;

import java.util.List;
import java.util.Random;

/// Random spanset filters over the attributes of the recorded traces.
final class RandomFilters {
  private static final List<String> ATTRIBUTES =
      List.of(
          "span.cached",
          "span.code",
          "span.env",
          "span.flag",
          "span.http.method",
          "span.http.status_code",
          "span.msg",
          "span.n",
          "span.nums",
          "span.ratio",
          "span.region",
          "span.rows",
          "span.score",
          "span.tags",
          "span.user",
          "span.absent",
          ".region",
          ".env",
          ".n",
          ".service.name",
          ".http.status_code",
          "resource.canary",
          "resource.cluster",
          "resource.env",
          "resource.k8s.pod.name",
          "resource.load",
          "resource.region",
          "resource.service.name",
          "resource.weight",
          "event.attempt",
          "event.etype",
          "link.lk",
          "instrumentation.lib",
          "name",
          "duration",
          "status",
          "statusMessage",
          "kind",
          "rootName",
          "rootServiceName",
          "traceDuration",
          "event:name",
          "event:timeSinceStart",
          "instrumentation:name",
          "instrumentation:version",
          "link:spanID");

  private static final List<String> LITERALS =
      List.of(
          "\"eu\"",
          "\"us\"",
          "\"GET\"",
          "\"front\"",
          "\"cart\"",
          "\"c1\"",
          "\"x\"",
          "\"y\"",
          "\"\"",
          "\"lib-a\"",
          "\"GET /\"",
          "\"exception\"",
          "\"prod\"",
          "0",
          "1",
          "3",
          "5",
          "100",
          "200",
          "500",
          "-2",
          "0.5",
          "1.5",
          "2.25",
          "3.0",
          "true",
          "false",
          "100ms",
          "1s",
          "0s",
          "error",
          "ok",
          "unset",
          "server",
          "client",
          "internal");

  private static final List<String> PATTERNS =
      List.of(
          "\"eu|us\"",
          "\"x|y\"",
          "\".*\"",
          "\"GET.*\"",
          "\".*a.*\"",
          "\".+\"",
          "\"[a-e].\"",
          "\"\"",
          "\"pod-.*\"",
          "\"c1\"",
          "\"(?i)EU\"");

  private static final List<String> COMPARISONS =
      List.of("=", "!=", ">", ">=", "<", "<=", "=", "!=");
  private static final List<String> ARITHMETIC = List.of("+", "-", "*", "/", "%");

  private final Random random;

  RandomFilters(Random random) {
    this.random = random;
  }

  String next() {
    return "{ " + bool(1 + random.nextInt(3)) + " }";
  }

  private String pick(List<String> list) {
    return list.get(random.nextInt(list.size()));
  }

  private String bool(int depth) {
    int choice = random.nextInt(depth > 0 ? 14 : 8);
    return switch (choice) {
      case 0, 1, 2, 3 -> pick(ATTRIBUTES) + " " + pick(COMPARISONS) + " " + pick(LITERALS);
      case 4 -> pick(LITERALS) + " " + pick(COMPARISONS) + " " + pick(ATTRIBUTES);
      case 5 -> pick(ATTRIBUTES) + (random.nextBoolean() ? " =~ " : " !~ ") + pick(PATTERNS);
      case 6 -> pick(ATTRIBUTES) + " != nil";
      case 7 -> pick(ATTRIBUTES);
      case 8 -> "(" + bool(depth - 1) + ") && (" + bool(depth - 1) + ")";
      case 9 -> "(" + bool(depth - 1) + ") || (" + bool(depth - 1) + ")";
      case 10 -> "!(" + bool(depth - 1) + ")";
      case 11 -> number() + " " + pick(COMPARISONS) + " " + number();
      case 12 -> pick(ATTRIBUTES) + " " + pick(COMPARISONS) + " " + pick(ATTRIBUTES);
      default -> "(" + bool(depth - 1) + ") = (" + bool(depth - 1) + ")";
    };
  }

  private String number() {
    return switch (random.nextInt(4)) {
      case 0 -> pick(LITERALS);
      case 1 -> "-" + pick(ATTRIBUTES);
      case 2 -> "(" + pick(ATTRIBUTES) + " " + pick(ARITHMETIC) + " " + pick(ATTRIBUTES) + ")";
      default -> "(" + pick(ATTRIBUTES) + " " + pick(ARITHMETIC) + " " + pick(LITERALS) + ")";
    };
  }
}
