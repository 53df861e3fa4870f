package io.vivace.storage.remote;

import io.vivace.storage.ConditionalWrites;
import io.vivace.storage.ObjectStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Keeps all objects below one prefix of a bucket (key `prefix`).
public final class PrefixedObjectStore implements ObjectStore {
  private final ObjectStore store;
  private final String prefix;

  private PrefixedObjectStore(ObjectStore store, String prefix) {
    this.store = store;
    this.prefix = prefix;
  }

  /// The objects of `store` below `prefix`; `store` itself when it is empty.
  ///
  /// @param prefix with or without a `/` at the end
  public static ObjectStore of(ObjectStore store, String prefix) {
    String trimmed = prefix.replaceAll("/+$", "");
    return trimmed.isEmpty() ? store : new PrefixedObjectStore(store, trimmed + "/");
  }

  @Override
  public byte[] read(String name) throws IOException {
    return store.read(prefix + name);
  }

  @Override
  public byte[] read(String name, long offset, int length) throws IOException {
    return store.read(prefix + name, offset, length);
  }

  @Override
  public long size(String name) throws IOException {
    return store.size(prefix + name);
  }

  @Override
  public Instant lastModified(String name) throws IOException {
    return store.lastModified(prefix + name);
  }

  @Override
  public void write(String name, byte[] bytes) throws IOException {
    store.write(prefix + name, bytes);
  }

  @Override
  public void write(String name, Path file) throws IOException {
    store.write(prefix + name, file);
  }

  @Override
  public Optional<Path> file(String name) throws IOException {
    return store.file(prefix + name);
  }

  @Override
  public Optional<ConditionalWrites> conditionalWrites() {
    return store.conditionalWrites().map(below -> new Conditional(below, prefix));
  }

  @Override
  public void delete(String name) throws IOException {
    store.delete(prefix + name);
  }

  @Override
  public List<String> list(String below) throws IOException {
    return store.list(prefix + below).stream()
        .map(name -> name.substring(prefix.length()))
        .toList();
  }

  @Override
  public void walk(String below, Consumer<Listed> visitor) throws IOException {
    store.walk(
        prefix + below,
        listed ->
            visitor.accept(
                new Listed(listed.name().substring(prefix.length()), listed.lastModified())));
  }

  @Override
  public void close() {
    store.close();
  }

  private record Conditional(ConditionalWrites store, String prefix) implements ConditionalWrites {
    @Override
    public Versioned read(String name) throws IOException {
      return store.read(prefix + name);
    }

    @Override
    public Optional<String> writeIfAbsent(String name, byte[] bytes) throws IOException {
      return store.writeIfAbsent(prefix + name, bytes);
    }

    @Override
    public Optional<String> writeIfUnchanged(String name, byte[] bytes, String version)
        throws IOException {
      return store.writeIfUnchanged(prefix + name, bytes, version);
    }
  }
}
