package io.vivace.service.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.springframework.web.servlet.HandlerMapping;

/// The `route` label of request metrics: the path template with every run of other characters as
/// `_`. Source: dskit `middleware/instrument.go`.
public final class RouteNames {
  /// Request attribute with the path template, for handlers that Spring does not route:
  /// `/api/traces/{traceID}`.
  public static final String TEMPLATE = RouteNames.class.getName() + ".template";

  private static final Pattern SEPARATOR = Pattern.compile("[^a-zA-Z0-9]+");
  private static final List<Template> TEMPLATES =
      List.of(
          new Template("/api/traces/{traceID}"),
          new Template("/api/v2/traces/{traceID}"),
          new Template("/api/search"),
          new Template("/api/search/tags"),
          new Template("/api/v2/search/tags"),
          new Template("/api/search/tag/{tagName}/values"),
          new Template("/api/v2/search/tag/{tagName}/values"),
          new Template("/api/metrics/query"),
          new Template("/api/metrics/query_range"),
          new Template("/api/metrics/summary"),
          new Template("/api/overrides"),
          new Template("/api/mcp"));

  private record Template(String text, Pattern pattern) {
    Template(String text) {
      this(text, Pattern.compile(".*" + text.replaceAll("\\{\\w+}", "[^/]+")));
    }
  }

  private RouteNames() {}

  /// The label of a request that was handled: what the handler said, else Spring's pattern, else
  /// the API's templates, else `other`; never the path itself, which would make a series for every
  /// trace.
  static String of(HttpServletRequest request) {
    Object template = request.getAttribute(TEMPLATE);
    if (template == null) {
      template = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
    }
    if (template == null) {
      String path = request.getRequestURI();
      template =
          TEMPLATES.stream()
              .filter(known -> known.pattern.matcher(path).matches())
              .map(Template::text)
              .findFirst()
              .orElse("other");
    }
    return label(Objects.toString(template));
  }

  static String label(String template) {
    String joined = SEPARATOR.matcher(template).replaceAll("_");
    String trimmed = joined.replaceAll("^_+|_+$", "");
    return trimmed.isEmpty() ? "root" : trimmed.toLowerCase(Locale.ROOT);
  }
}
