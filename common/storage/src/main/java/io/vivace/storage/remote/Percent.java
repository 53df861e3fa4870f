package io.vivace.storage.remote;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/// Percent-encoding as URLs want it (RFC 3986).
public final class Percent {
  private Percent() {}

  /// A whole text, slashes too.
  public static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }

  /// A path whose slashes stay.
  public static String encodePath(String path) {
    return encode(path).replace("%2F", "/");
  }

  /// Parameters, in the order of `parameters`, with the `?` unless there are none.
  public static String query(Map<String, String> parameters) {
    return parameters.isEmpty()
        ? ""
        : parameters.entrySet().stream()
            .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
            .collect(Collectors.joining("&", "?", ""));
  }
}
