package io.vivace.storage.s3;

import static io.vivace.storage.s3.S3ObjectStore.sent;

import io.vivace.storage.remote.FilePart;
import io.vivace.storage.remote.RemoteCalls;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/// Stores files: in one request, or in parts of one size (some stores insist on that) when they are
/// larger than a part. Parts are read from the file when they are sent, none is held in memory.
final class S3Upload {
  private static final String TYPE = "application/octet-stream";

  private final S3Client client;
  private final S3Settings settings;
  private final S3Requests requests;
  private final RemoteCalls calls;

  S3Upload(S3Client client, S3Settings settings, S3Requests requests, RemoteCalls calls) {
    this.client = client;
    this.settings = settings;
    this.requests = requests;
    this.calls = calls;
  }

  void upload(String name, Path file, long size) throws IOException {
    long part = settings.partSize(size);
    if (size <= part) {
      calls.run(
          "write",
          name,
          () ->
              sent(name, () -> client.putObject(requests.put(name).build(), body(file, 0, size))));
      return;
    }
    String upload =
        calls.run(
            "begin to write",
            name,
            () -> sent(name, () -> client.createMultipartUpload(requests.begin(name)).uploadId()));
    try {
      List<CompletedPart> parts = new ArrayList<>();
      for (long offset = 0; offset < size; offset += part) {
        long length = Math.min(part, size - offset);
        parts.add(part(requests.part(name, upload, parts.size() + 1), body(file, offset, length)));
      }
      calls.run(
          "finish writing",
          name,
          () ->
              sent(
                  name,
                  () ->
                      client.completeMultipartUpload(r ->
                          r.bucket(settings.bucket())
                              .key(name)
                              .uploadId(upload)
                              .multipartUpload(m -> m.parts(parts)))));
    } catch (IOException | RuntimeException e) {
      abort(name, upload, e);
      throw e;
    }
  }

  private static RequestBody body(Path file, long offset, long length) {
    return RequestBody.fromContentProvider(() -> FilePart.open(file, offset, length), length, TYPE);
  }

  private CompletedPart part(UploadPartRequest request, RequestBody body) throws IOException {
    String name = request.key();
    UploadPartResponse stored =
        calls.run(
            "write part " + request.partNumber() + " of",
            name,
            () -> sent(name, () -> client.uploadPart(request, body)));
    return CompletedPart.builder()
        .partNumber(request.partNumber())
        .eTag(stored.eTag())
        .checksumCRC32(stored.checksumCRC32())
        .checksumCRC32C(stored.checksumCRC32C())
        .checksumCRC64NVME(stored.checksumCRC64NVME())
        .checksumSHA1(stored.checksumSHA1())
        .checksumSHA256(stored.checksumSHA256())
        .build();
  }

  /// Parts that nobody finishes cost money until somebody removes them.
  private void abort(String name, String upload, Exception reason) {
    boolean interrupted = Thread.interrupted();
    try {
      calls.run(
          "give up writing",
          name,
          () ->
              sent(
                  name,
                  () ->
                      client.abortMultipartUpload(
                          r -> r.bucket(settings.bucket()).key(name).uploadId(upload))));
    } catch (IOException | RuntimeException e) {
      reason.addSuppressed(e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
