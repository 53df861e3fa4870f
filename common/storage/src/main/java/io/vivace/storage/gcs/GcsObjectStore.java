package io.vivace.storage.gcs;

import io.vivace.storage.ConditionalWrites;
import io.vivace.storage.ObjectStore;
import io.vivace.storage.remote.Authorization;
import io.vivace.storage.remote.Http;
import io.vivace.storage.remote.HttpTransport;
import io.vivace.storage.remote.HttpTransport.Answer;
import io.vivace.storage.remote.Listing;
import io.vivace.storage.remote.RemoteCalls;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Objects in a bucket of Google Cloud Storage.
public final class GcsObjectStore implements ObjectStore {
  private final HttpTransport transport;
  private final GcsApi api;
  private final GcsSettings settings;
  private final GcsUpload upload;
  private final RemoteCalls calls;
  private final Listing listing;

  /// @param transport is closed with the store
  public GcsObjectStore(
      HttpTransport transport,
      Authorization authorization,
      GcsSettings settings,
      RemoteCalls calls) {
    this.transport = transport;
    this.api = new GcsApi(transport, authorization, settings);
    this.settings = settings;
    this.upload = new GcsUpload(api, settings, calls);
    this.calls = calls;
    this.listing = new Listing(this::page, settings.listConcurrency());
  }

  /// Asks for the first name of the bucket.
  ///
  /// @throws IOException when the bucket is not there or may not be read
  public void check() throws IOException {
    try {
      Answer _ =
          calls.run(
              "list",
              "the bucket",
              () -> api.send(api.bucket(Map.of("maxResults", "1")).GET().build(), "the bucket"));
    } catch (NoSuchFileException e) {
      throw new IOException(calls.store() + ": absent (expected: a bucket)", e);
    }
  }

  @Override
  public byte[] read(String name) throws IOException {
    return get(name, null).body();
  }

  @Override
  public byte[] read(String name, long offset, int length) throws IOException {
    if (length == 0) {
      long _ = size(name);
      return new byte[0];
    }
    Answer answer = get(name, Http.range(offset, length));
    return answer.status() == Http.RANGE_NOT_SATISFIABLE ? new byte[0] : answer.body();
  }

  private Answer get(String name, @Nullable String range) throws IOException {
    return calls.run(
        "read",
        name,
        () -> {
          HttpRequest.Builder request = api.object(name, Map.of("alt", "media"));
          if (range == null) {
            return api.send(request.GET().build(), name);
          }
          return api.send(
              request.header("Range", range).GET().build(), name, Http.RANGE_NOT_SATISFIABLE);
        });
  }

  private JsonNode describe(String name) throws IOException {
    Map<String, String> fields = Map.of("fields", "name,size,updated,generation");
    return GcsApi.json(
        calls.run("look at", name, () -> api.send(api.object(name, fields).GET().build(), name)));
  }

  @Override
  public long size(String name) throws IOException {
    return describe(name).path("size").asLong();
  }

  @Override
  public Instant lastModified(String name) throws IOException {
    Instant updated = instant(describe(name));
    if (updated == null) {
      throw new IOException(calls.store() + ": " + name + ": no time (expected: updated)");
    }
    return updated;
  }

  private static @Nullable Instant instant(JsonNode object) {
    try {
      String text = object.path("updated").asString("");
      return text.isEmpty() ? null : Instant.parse(text);
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  @Override
  public void write(String name, byte[] bytes) throws IOException {
    String _ = upload.write(name, bytes, Map.of());
  }

  @Override
  public void write(String name, Path file) throws IOException {
    long size = Files.size(file);
    if (size <= settings.chunkBytes()) {
      write(name, Files.readAllBytes(file));
    } else {
      upload.write(name, file, size);
    }
  }

  @Override
  public void delete(String name) throws IOException {
    try {
      Answer _ =
          calls.run(
              "delete", name, () -> api.send(api.object(name, Map.of()).DELETE().build(), name));
    } catch (NoSuchFileException e) {
      // gone is gone
      return;
    }
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
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("prefix", prefix);
    parameters.put("fields", "items(name,updated),prefixes,nextPageToken");
    if (oneLevel) {
      parameters.put("delimiter", "/");
    }
    if (next != null) {
      parameters.put("pageToken", next);
    }
    if (after != null) {
      parameters.put("startOffset", after);
    }
    JsonNode answer =
        GcsApi.json(
            calls.run(
                "list", prefix, () -> api.send(api.bucket(parameters).GET().build(), prefix)));
    List<Listed> names = new ArrayList<>();
    for (JsonNode item : answer.path("items")) {
      names.add(new Listed(item.path("name").asString(""), instant(item)));
    }
    for (JsonNode level : answer.path("prefixes")) {
      names.add(new Listed(level.asString(""), null));
    }
    String token = answer.path("nextPageToken").asString("");
    return new Listing.Page(names, token.isEmpty() ? null : token);
  }

  @Override
  public Optional<ConditionalWrites> conditionalWrites() {
    return Optional.of(new Conditional());
  }

  @Override
  public void close() {
    transport.close();
  }

  /// By generations, which are numbers that rise; 0 stands for no object.
  private final class Conditional implements ConditionalWrites {
    @Override
    public Versioned read(String name) throws IOException {
      // an object that is replaced in between has another generation: the write will tell
      String generation = describe(name).path("generation").asString("");
      return new Versioned(GcsObjectStore.this.read(name), generation);
    }

    @Override
    public Optional<String> writeIfAbsent(String name, byte[] bytes) throws IOException {
      return writeIfUnchanged(name, bytes, "0");
    }

    @Override
    public Optional<String> writeIfUnchanged(String name, byte[] bytes, String version)
        throws IOException {
      return Http.unless(
          Set.of(Http.PRECONDITION_FAILED),
          () -> upload.write(name, bytes, Map.of("ifGenerationMatch", version)));
    }
  }
}
