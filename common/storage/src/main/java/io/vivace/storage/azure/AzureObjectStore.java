package io.vivace.storage.azure;

import io.vivace.storage.ConditionalWrites;
import io.vivace.storage.ObjectStore;
import io.vivace.storage.remote.Http;
import io.vivace.storage.remote.HttpTransport;
import io.vivace.storage.remote.HttpTransport.Answer;
import io.vivace.storage.remote.Listing;
import io.vivace.storage.remote.RemoteCalls;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Objects as block blobs in a container of Azure Blob Storage.
public final class AzureObjectStore implements ObjectStore {
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;

  private final HttpTransport transport;
  private final AzureApi api;
  private final AzureSettings settings;
  private final AzureUpload upload;
  private final RemoteCalls calls;
  private final Listing listing = new Listing(this::page, 1);

  /// @param transport is closed with the store
  public AzureObjectStore(
      HttpTransport transport,
      AzureSigner signer,
      AzureSettings settings,
      RemoteCalls calls,
      InstantSource clock) {
    this.transport = transport;
    this.api = new AzureApi(transport, signer, settings, clock);
    this.settings = settings;
    this.upload = new AzureUpload(api, settings, calls);
    this.calls = calls;
  }

  /// Asks for the first name of the container.
  ///
  /// @throws IOException when the container is not there or may not be read
  public void check() throws IOException {
    Answer _ =
        calls.run(
            "list",
            "the container",
            () ->
                api.send(
                    api.container("GET").parameter("comp", "list").parameter("maxresults", "1"),
                    "the container"));
  }

  @Override
  public byte[] read(String name) throws IOException {
    return calls.run("read", name, () -> api.send(api.blob("GET", name), name)).body();
  }

  @Override
  public byte[] read(String name, long offset, int length) throws IOException {
    if (length == 0) {
      long _ = size(name);
      return new byte[0];
    }
    String range = Http.range(offset, length);
    Answer answer =
        calls.run(
            "read",
            name,
            () ->
                api.send(
                    api.blob("GET", name).header("x-ms-range", range),
                    name,
                    Http.RANGE_NOT_SATISFIABLE));
    return answer.status() == Http.RANGE_NOT_SATISFIABLE ? new byte[0] : answer.body();
  }

  private Answer head(String name) throws IOException {
    return calls.run("look at", name, () -> api.send(api.blob("HEAD", name), name));
  }

  @Override
  public long size(String name) throws IOException {
    return head(name)
        .headers()
        .firstValueAsLong("Content-Length")
        .orElseThrow(() -> new IOException(calls.store() + ": " + name + ": no size"));
  }

  @Override
  public Instant lastModified(String name) throws IOException {
    Instant time = BlobListing.time(head(name).header("Last-Modified"));
    if (time == null) {
      throw new IOException(calls.store() + ": " + name + ": no time (expected: Last-Modified)");
    }
    return time;
  }

  @Override
  public void write(String name, byte[] bytes) throws IOException {
    Answer _ = put(name, bytes, "", "");
  }

  private Answer put(String name, byte[] bytes, String condition, String value) throws IOException {
    return calls.run(
        "write",
        name,
        () -> {
          AzureRequest request =
              api.blob("PUT", name, BodyPublishers.ofByteArray(bytes), bytes.length)
                  .header("x-ms-blob-type", "BlockBlob")
                  .header("content-type", "application/octet-stream");
          return api.send(condition.isEmpty() ? request : request.header(condition, value), name);
        });
  }

  @Override
  public void write(String name, Path file) throws IOException {
    long size = Files.size(file);
    if (size <= settings.blockBytes()) {
      write(name, Files.readAllBytes(file));
    } else {
      upload.write(name, file, size);
    }
  }

  @Override
  public void delete(String name) throws IOException {
    Answer _ = calls.run("delete", name, () -> api.send(api.blob("DELETE", name), name, NOT_FOUND));
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
    Answer answer =
        calls.run(
            "list",
            prefix,
            () -> {
              AzureRequest request =
                  api.container("GET").parameter("comp", "list").parameter("prefix", prefix);
              if (oneLevel) {
                request.parameter("delimiter", "/");
              }
              if (next != null) {
                request.parameter("marker", next);
              }
              return api.send(request, prefix);
            });
    return BlobListing.parse(answer.body());
  }

  @Override
  public Optional<ConditionalWrites> conditionalWrites() {
    return Optional.of(new Conditional());
  }

  @Override
  public void close() {
    transport.close();
  }

  /// By entity tags.
  private final class Conditional implements ConditionalWrites {
    @Override
    public Versioned read(String name) throws IOException {
      Answer answer = calls.run("read", name, () -> api.send(api.blob("GET", name), name));
      return new Versioned(answer.body(), answer.header("ETag"));
    }

    @Override
    public Optional<String> writeIfAbsent(String name, byte[] bytes) throws IOException {
      return unless(name, bytes, "if-none-match", "*");
    }

    @Override
    public Optional<String> writeIfUnchanged(String name, byte[] bytes, String version)
        throws IOException {
      return unless(name, bytes, "if-match", version);
    }

    private Optional<String> unless(String name, byte[] bytes, String condition, String value)
        throws IOException {
      return Http.unless(
          Set.of(Http.PRECONDITION_FAILED, CONFLICT),
          () -> put(name, bytes, condition, value).header("ETag"));
    }
  }
}
