package io.vivace.storage.s3;

import io.vivace.storage.ConditionalWrites;
import io.vivace.storage.ObjectStore;
import io.vivace.storage.remote.Http;
import io.vivace.storage.remote.Listing;
import io.vivace.storage.remote.RemoteCalls;
import io.vivace.storage.remote.StoreException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/// Objects in a bucket of S3 or of a store that speaks like it.
public final class S3ObjectStore implements ObjectStore {
  /// One request of the SDK.
  @FunctionalInterface
  interface Request<T> {
    T send() throws IOException;
  }

  private final S3Client client;
  private final String bucket;
  private final S3Requests requests;
  private final S3Upload upload;
  private final RemoteCalls calls;
  private final Listing listing;

  /// @param client is closed with the store
  public S3ObjectStore(S3Client client, S3Settings settings, RemoteCalls calls) {
    this.client = client;
    this.bucket = settings.bucket();
    this.requests = new S3Requests(settings);
    this.upload = new S3Upload(client, settings, requests, calls);
    this.calls = calls;
    this.listing = new Listing(this::page, settings.listConcurrency());
  }

  /// Asks for the first names of the bucket.
  ///
  /// @throws IOException when the bucket is not there or may not be read
  public void check() throws IOException {
    calls.run(
        "list",
        "the bucket",
        () ->
            sent("bucket " + bucket, () -> client.listObjectsV2(r -> r.bucket(bucket).maxKeys(1))));
  }

  /// Sends one request and tells what its failure means.
  static <T> T sent(String name, Request<T> request) throws IOException {
    try {
      return request.send();
    } catch (SdkException e) {
      throw S3Failures.of(e, name);
    }
  }

  @Override
  public byte[] read(String name) throws IOException {
    return versioned(name).bytes();
  }

  private ConditionalWrites.Versioned versioned(String name) throws IOException {
    return calls.run("read", name, () -> sent(name, () -> get(name, null)));
  }

  @Override
  public byte[] read(String name, long offset, int length) throws IOException {
    if (length == 0) {
      long _ = size(name);
      return new byte[0];
    }
    String range = Http.range(offset, length);
    try {
      return calls.run("read", name, () -> sent(name, () -> get(name, range))).bytes();
    } catch (StoreException e) {
      if (e.status() == Http.RANGE_NOT_SATISFIABLE) {
        return new byte[0];
      }
      throw e;
    }
  }

  private ConditionalWrites.Versioned get(String name, @Nullable String range) {
    GetObjectRequest request =
        GetObjectRequest.builder().bucket(bucket).key(name).range(range).build();
    ResponseTransformer<GetObjectResponse, ConditionalWrites.Versioned> whole =
        (response, in) -> {
          byte[] bytes = new byte[Math.toIntExact(response.contentLength())];
          int read = in.readNBytes(bytes, 0, bytes.length);
          if (read < bytes.length) {
            throw new EOFException(read + " bytes (expected: " + bytes.length + ")");
          }
          return new ConditionalWrites.Versioned(
              bytes, response.eTag() == null ? "" : response.eTag());
        };
    return client.getObject(request, whole);
  }

  @Override
  public long size(String name) throws IOException {
    return head(name).contentLength();
  }

  @Override
  public Instant lastModified(String name) throws IOException {
    return head(name).lastModified();
  }

  private HeadObjectResponse head(String name) throws IOException {
    return calls.run(
        "look at",
        name,
        () -> sent(name, () -> client.headObject(r -> r.bucket(bucket).key(name))));
  }

  @Override
  public void write(String name, byte[] bytes) throws IOException {
    String _ = put(requests.put(name).build(), bytes);
  }

  private String put(PutObjectRequest request, byte[] bytes) throws IOException {
    String name = request.key();
    String tag =
        calls.run(
            "write",
            name,
            () -> sent(name, () -> client.putObject(request, RequestBody.fromBytes(bytes)).eTag()));
    return tag == null ? "" : tag;
  }

  @Override
  public void write(String name, Path file) throws IOException {
    upload.upload(name, file, Files.size(file));
  }

  @Override
  public void delete(String name) throws IOException {
    calls.run(
        "delete",
        name,
        () -> sent(name, () -> client.deleteObject(r -> r.bucket(bucket).key(name))));
  }

  @Override
  public List<String> list(String prefix) throws IOException {
    return listing.names(prefix);
  }

  @Override
  public void walk(String prefix, Consumer<Listed> visitor) throws IOException {
    listing.walk(prefix, visitor);
  }

  private Listing.Page page(
      String prefix, boolean oneLevel, @Nullable String next, @Nullable String after)
      throws IOException {
    ListObjectsV2Request request =
        ListObjectsV2Request.builder()
            .bucket(bucket)
            .prefix(prefix)
            .delimiter(oneLevel ? "/" : null)
            .continuationToken(next)
            .startAfter(after)
            .build();
    ListObjectsV2Response answer =
        calls.run("list", prefix, () -> sent(prefix, () -> client.listObjectsV2(request)));
    List<Listed> names = new ArrayList<>();
    answer.contents().forEach(object -> names.add(new Listed(object.key(), object.lastModified())));
    answer.commonPrefixes().forEach(level -> names.add(new Listed(level.prefix(), null)));
    return new Listing.Page(
        names, Boolean.TRUE.equals(answer.isTruncated()) ? answer.nextContinuationToken() : null);
  }

  @Override
  public Optional<ConditionalWrites> conditionalWrites() {
    return Optional.of(new Conditional());
  }

  @Override
  public void close() {
    client.close();
  }

  private final class Conditional implements ConditionalWrites {
    @Override
    public Versioned read(String name) throws IOException {
      return versioned(name);
    }

    @Override
    public Optional<String> writeIfAbsent(String name, byte[] bytes) throws IOException {
      return unless(requests.put(name).ifNoneMatch("*").build(), bytes);
    }

    @Override
    public Optional<String> writeIfUnchanged(String name, byte[] bytes, String version)
        throws IOException {
      return unless(requests.put(name).ifMatch(version).build(), bytes);
    }

    private Optional<String> unless(PutObjectRequest request, byte[] bytes) throws IOException {
      return Http.unless(Set.of(Http.PRECONDITION_FAILED), () -> put(request, bytes));
    }
  }
}
