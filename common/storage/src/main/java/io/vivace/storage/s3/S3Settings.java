package io.vivace.storage.s3;

import java.util.Map;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.jspecify.annotations.Nullable;

/// Where a bucket is and how it is written.
///
/// @param bucket its name
/// @param endpoint host and optional port, or a whole URL
/// @param region empty to take it from the endpoint or the environment
/// @param insecure whether the endpoint speaks plain HTTP
/// @param dualStack whether Amazon's IPv6 names are used
/// @param lookup how the bucket stands in the URL
/// @param listConcurrency how many parts of a long list are asked for at once
/// @param credentials who asks
/// @param writing how objects are written
/// @param tls how connections are encrypted; absent for the JDK's way
public record S3Settings(
    String bucket,
    String endpoint,
    String region,
    boolean insecure,
    boolean dualStack,
    Lookup lookup,
    int listConcurrency,
    Credentials credentials,
    Writing writing,
    @Nullable TlsSocketStrategy tls) {

  /// How the bucket stands in the URL.
  public enum Lookup {
    /// In the host for Amazon and Google, else in the path.
    AUTO,
    /// In the host.
    DNS,
    /// In the path.
    PATH
  }

  /// Fixed credentials, or where to look for some.
  ///
  /// @param accessKey empty to look in the environment, the shared file and the machine's role
  /// @param secretKey belongs to `accessKey`
  /// @param sessionToken empty for keys that last
  /// @param nativeChain whether the SDK's own chain is used, unchanged
  public record Credentials(
      String accessKey, String secretKey, String sessionToken, boolean nativeChain) {}

  /// How objects are written.
  ///
  /// @param partSize bytes of a part of a large object, 0 for the standard
  /// @param storageClass empty for the bucket's
  /// @param tags tags of every object
  /// @param metadata user metadata of every object
  /// @param checksum algorithm that is sent along, such as `CRC32C`; empty for none where the store
  ///   does not ask for one
  /// @param encryption by the store
  public record Writing(
      long partSize,
      String storageClass,
      Map<String, String> tags,
      Map<String, String> metadata,
      String checksum,
      Encryption encryption) {}

  /// Encryption by the store.
  ///
  /// @param type empty, `SSE-S3` or `SSE-KMS`
  /// @param kmsKeyId empty for the account's key
  /// @param kmsContext JSON object, empty for none
  public record Encryption(String type, String kmsKeyId, String kmsContext) {}

  /// Standard size of a part: what MinIO's client takes, at least 5 MiB by S3's rules.
  static final long STANDARD_PART = 16L << 20;

  /// S3's smallest part but for the last one.
  static final long MIN_PART = 5L << 20;

  /// S3's bound of the number of parts.
  static final int MAX_PARTS = 10_000;

  /// Refuses what cannot work.
  public S3Settings {
    if (bucket.isEmpty()) {
      throw new IllegalArgumentException("storage.trace.s3.bucket: empty (expected: a bucket)");
    }
    if (writing.partSize() != 0 && writing.partSize() < MIN_PART) {
      throw new IllegalArgumentException(
          "storage.trace.s3.part_size: "
              + writing.partSize()
              + " (expected: 0 or at least "
              + MIN_PART
              + ")");
    }
    if (credentials.accessKey().isEmpty() != credentials.secretKey().isEmpty()) {
      throw new IllegalArgumentException(
          "storage.trace.s3.access_key, secret_key: one of them (expected: both or none)");
    }
  }

  /// The size of the parts of an object of `size` bytes.
  long partSize(long size) {
    long part = writing.partSize() == 0 ? STANDARD_PART : writing.partSize();
    long needed = (size + MAX_PARTS - 1) / MAX_PARTS;
    return Math.max(part, needed);
  }
}
