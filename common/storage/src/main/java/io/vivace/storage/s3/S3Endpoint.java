package io.vivace.storage.s3;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What an endpoint's text says: Amazon's own endpoints name a region, every other one is asked as
/// it stands.
///
/// @param url absent for Amazon's own endpoints: the SDK makes them from the region
/// @param region empty when the text names none
/// @param pathStyle whether the bucket stands in the path when nobody says how
record S3Endpoint(Optional<URI> url, String region, boolean pathStyle) {
  private static final Pattern AMAZON =
      Pattern.compile(
          "s3(?:[.-]dualstack)?(?:[.-]([a-z]{2}(?:-[a-z]+)+-\\d))?\\.amazonaws\\.com(\\.cn)?");
  private static final Pattern GOOGLE = Pattern.compile("(.*\\.)?storage\\.googleapis\\.com");

  /// Reads the key `endpoint`.
  static S3Endpoint of(String endpoint, boolean insecure) {
    String text = endpoint.replaceFirst("(?<=[^/:])/+$", "");
    if (text.isEmpty()) {
      return new S3Endpoint(Optional.empty(), "", false);
    }
    String whole = text.contains("://") ? text : (insecure ? "http://" : "https://") + text;
    URI url;
    try {
      url = URI.create(whole);
    } catch (IllegalArgumentException e) {
      throw wrong(endpoint, e);
    }
    if (url.getHost() == null || url.getScheme() == null) {
      throw wrong(endpoint, null);
    }
    String host = url.getHost().toLowerCase(Locale.ROOT);
    Matcher amazon = AMAZON.matcher(host);
    if (amazon.matches()) {
      String region = amazon.group(1) == null ? "" : amazon.group(1);
      return insecure || url.getPort() >= 0
          ? new S3Endpoint(Optional.of(url), region, false)
          : new S3Endpoint(Optional.empty(), region, false);
    }
    return new S3Endpoint(Optional.of(url), "", !GOOGLE.matcher(host).matches());
  }

  private static IllegalArgumentException wrong(String endpoint, @Nullable Throwable cause) {
    return new IllegalArgumentException(
        "storage.trace.s3.endpoint: " + endpoint + " (expected: a host, and a port if need be)",
        cause);
  }
}
