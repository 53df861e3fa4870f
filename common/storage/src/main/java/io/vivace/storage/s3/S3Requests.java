package io.vivace.storage.s3;

import io.vivace.storage.s3.S3Settings.Encryption;
import io.vivace.storage.s3.S3Settings.Writing;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;

/// Requests that write, with everything that the configuration says about objects.
final class S3Requests {
  private final String bucket;
  private final Writing writing;
  private final @Nullable String tagging;
  private final @Nullable String storageClass;
  private final @Nullable ChecksumAlgorithm checksum;
  private final @Nullable ServerSideEncryption encryption;
  private final @Nullable String kmsKeyId;
  private final @Nullable String kmsContext;

  S3Requests(S3Settings settings) {
    bucket = settings.bucket();
    writing = settings.writing();
    tagging = writing.tags().isEmpty() ? null : query(writing.tags());
    storageClass = writing.storageClass().isEmpty() ? null : writing.storageClass();
    checksum = checksum(writing.checksum());
    Encryption by = writing.encryption();
    encryption = encryption(by.type());
    kmsKeyId = by.kmsKeyId().isEmpty() ? null : by.kmsKeyId();
    kmsContext =
        by.kmsContext().isEmpty()
            ? null
            : Base64.getEncoder().encodeToString(by.kmsContext().getBytes(StandardCharsets.UTF_8));
    if (encryption != ServerSideEncryption.AWS_KMS && (kmsKeyId != null || kmsContext != null)) {
      throw new IllegalArgumentException(
          "storage.trace.s3.sse.type: "
              + by.type()
              + " (expected: SSE-KMS, a key or a context is given)");
    }
  }

  private static @Nullable ServerSideEncryption encryption(String type) {
    return switch (type) {
      case "" -> null;
      case "SSE-S3" -> ServerSideEncryption.AES256;
      case "SSE-KMS" -> ServerSideEncryption.AWS_KMS;
      default ->
          throw new IllegalArgumentException(
              "storage.trace.s3.sse.type: " + type + " (expected: SSE-S3 or SSE-KMS)");
    };
  }

  private static @Nullable ChecksumAlgorithm checksum(String name) {
    if (name.isEmpty()) {
      return null;
    }
    ChecksumAlgorithm algorithm =
        ChecksumAlgorithm.fromValue(name.toUpperCase(java.util.Locale.ROOT));
    if (algorithm == ChecksumAlgorithm.UNKNOWN_TO_SDK_VERSION) {
      throw new IllegalArgumentException(
          "storage.trace.s3.checksum_type: "
              + name
              + " (expected: one of CRC32, CRC32C, SHA1, SHA256)");
    }
    return algorithm;
  }

  private static String query(Map<String, String> tags) {
    return new TreeMap<>(tags)
        .entrySet().stream()
            .map(tag -> encoded(tag.getKey()) + "=" + encoded(tag.getValue()))
            .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  PutObjectRequest.Builder put(String key) {
    return PutObjectRequest.builder()
        .bucket(bucket)
        .key(key)
        .tagging(tagging)
        .metadata(writing.metadata())
        .storageClass(storageClass)
        .checksumAlgorithm(checksum)
        .serverSideEncryption(encryption)
        .ssekmsKeyId(kmsKeyId)
        .ssekmsEncryptionContext(kmsContext);
  }

  CreateMultipartUploadRequest begin(String key) {
    return CreateMultipartUploadRequest.builder()
        .bucket(bucket)
        .key(key)
        .tagging(tagging)
        .metadata(writing.metadata())
        .storageClass(storageClass)
        .checksumAlgorithm(checksum)
        .serverSideEncryption(encryption)
        .ssekmsKeyId(kmsKeyId)
        .ssekmsEncryptionContext(kmsContext)
        .build();
  }

  UploadPartRequest part(String key, String upload, int number) {
    return UploadPartRequest.builder()
        .bucket(bucket)
        .key(key)
        .uploadId(upload)
        .partNumber(number)
        .checksumAlgorithm(checksum)
        .build();
  }
}
