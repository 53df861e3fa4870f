package io.vivace.storage.gcs;

import java.net.URI;
import java.util.Map;

/// Where a bucket is and how it is written.
///
/// @param bucket its name
/// @param origin scheme, host and port of the API
/// @param chunkBytes how much of a large object is sent in one request, a multiple of 256 KiB
/// @param cacheControl header of every object; empty for none
/// @param metadata user metadata of every object
/// @param listConcurrency how many parts of a long list are asked for at once
public record GcsSettings(
    String bucket,
    URI origin,
    int chunkBytes,
    String cacheControl,
    Map<String, String> metadata,
    int listConcurrency) {
  /// Google's own.
  public static final String GOOGLE = "https://storage.googleapis.com";

  /// Chunks are multiples of this.
  static final int QUANTUM = 256 << 10;

  /// Refuses what cannot work.
  public GcsSettings {
    if (bucket.isEmpty()) {
      throw new IllegalArgumentException(
          "storage.trace.gcs.bucket_name: empty (expected: a bucket)");
    }
  }

  /// The origin that a text of the key `endpoint` means; its path is the API's own and left out.
  public static URI origin(String endpoint) {
    if (endpoint.isEmpty()) {
      return URI.create(GOOGLE);
    }
    try {
      URI url = URI.create(endpoint.contains("://") ? endpoint : "https://" + endpoint);
      if (url.getAuthority() != null && url.getHost() != null) {
        return URI.create(url.getScheme() + "://" + url.getAuthority());
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(wrong(endpoint), e);
    }
    throw new IllegalArgumentException(wrong(endpoint));
  }

  private static String wrong(String endpoint) {
    return "storage.trace.gcs.endpoint: " + endpoint + " (expected: a URL)";
  }

  /// The multiple of 256 KiB at or below `bytes`, one at least.
  public static int chunk(int bytes) {
    return Math.max(QUANTUM, bytes / QUANTUM * QUANTUM);
  }
}
