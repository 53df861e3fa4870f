package io.vivace.storage;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A store that notes what is read and fails where it is told to.
final class RecordingStore implements ObjectStore {
  final List<String> reads = Collections.synchronizedList(new ArrayList<>());
  final Map<String, Instant> times = new HashMap<>();
  volatile Predicate<String> failing = name -> false;
  volatile @Nullable Runnable beforeRead;

  private final ObjectStore store;

  RecordingStore(ObjectStore store) {
    this.store = store;
  }

  private void check(String name) throws IOException {
    if (failing.test(name)) {
      throw new IOException(name + ": told to fail");
    }
  }

  @Override
  public byte[] read(String name) throws IOException {
    reads.add(name);
    Runnable before = beforeRead;
    if (before != null) {
      before.run();
    }
    check(name);
    return store.read(name);
  }

  @Override
  public byte[] read(String name, long offset, int length) throws IOException {
    reads.add(name + ":" + offset + ":" + length);
    check(name);
    return store.read(name, offset, length);
  }

  @Override
  public long size(String name) throws IOException {
    return store.size(name);
  }

  @Override
  public Instant lastModified(String name) throws IOException {
    Instant time = times.get(name);
    return time == null ? store.lastModified(name) : time;
  }

  @Override
  public void write(String name, byte[] bytes) throws IOException {
    check(name);
    store.write(name, bytes);
  }

  @Override
  public void write(String name, Path file) throws IOException {
    check(name);
    store.write(name, file);
  }

  @Override
  public void delete(String name) throws IOException {
    check(name);
    store.delete(name);
  }

  @Override
  public List<String> list(String prefix) throws IOException {
    check(prefix);
    return store.list(prefix);
  }
}
