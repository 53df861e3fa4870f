package io.vivace.compactor;

import io.vivace.storage.ObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/// Objects in memory, in a store whose users die: after a number of operations nothing works any
/// more until somebody else comes.
final class FaultyStore implements ObjectStore {
  private final TreeMap<String, Entry> objects = new TreeMap<>();
  private final Clock clock;
  final List<String> writes = new ArrayList<>();
  Duration ahead = Duration.ZERO;
  private int operations;
  private int lastOperation = Integer.MAX_VALUE;

  private record Entry(byte[] bytes, Instant written) {}

  FaultyStore(Clock clock) {
    this.clock = clock;
  }

  /// The user of the store dies after `count` operations.
  synchronized void dieAfter(int count) {
    operations = 0;
    lastOperation = count;
  }

  /// Somebody else uses the store.
  synchronized int restart() {
    int done = operations;
    lastOperation = Integer.MAX_VALUE;
    operations = 0;
    return done;
  }

  synchronized List<String> names() {
    return List.copyOf(objects.keySet());
  }

  private void operation(String name) throws IOException {
    if (operations >= lastOperation) {
      throw new IOException(name + ": this process is dead");
    }
    operations++;
  }

  private Entry entry(String name) throws IOException {
    Entry entry = objects.get(name);
    if (entry == null) {
      throw new NoSuchFileException(name);
    }
    return entry;
  }

  @Override
  public synchronized byte[] read(String name) throws IOException {
    operation(name);
    return entry(name).bytes().clone();
  }

  @Override
  public synchronized byte[] read(String name, long offset, int length) throws IOException {
    byte[] bytes = entry(name).bytes();
    return Arrays.copyOfRange(bytes, (int) offset, (int) Math.min(bytes.length, offset + length));
  }

  @Override
  public synchronized long size(String name) throws IOException {
    operation(name);
    return entry(name).bytes().length;
  }

  @Override
  public synchronized Instant lastModified(String name) throws IOException {
    operation(name);
    return entry(name).written();
  }

  @Override
  public synchronized void write(String name, byte[] bytes) throws IOException {
    operation(name);
    writes.add(name);
    objects.put(name, new Entry(bytes.clone(), clock.instant().plus(ahead)));
  }

  @Override
  public synchronized void write(String name, Path file) throws IOException {
    write(name, Files.readAllBytes(file));
  }

  @Override
  public synchronized void delete(String name) throws IOException {
    operation(name);
    objects.remove(name);
  }

  @Override
  public synchronized List<String> list(String prefix) throws IOException {
    operation(prefix);
    TreeSet<String> names = new TreeSet<>();
    for (String name : objects.tailMap(prefix).keySet()) {
      if (!name.startsWith(prefix)) {
        break;
      }
      int slash = name.indexOf('/', prefix.length());
      names.add(slash < 0 ? name : name.substring(0, slash + 1));
    }
    return List.copyOf(names);
  }
}
