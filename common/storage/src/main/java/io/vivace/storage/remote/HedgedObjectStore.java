package io.vivace.storage.remote;

import io.vivace.storage.ConditionalWrites;
import io.vivace.storage.ObjectStore;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Asks once more for what takes long to read, and takes the answer that comes first (keys
/// `hedge_requests_at`, `hedge_requests_up_to`). Writes, deletes and lists are never hedged.
///
/// Each read that is hedged runs in threads of its own; the slower ones are interrupted, which
/// closes their connections.
public final class HedgedObjectStore implements ObjectStore {
  @FunctionalInterface
  private interface Read {
    byte[] read() throws IOException;
  }

  private static final ExecutorService THREADS =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("hedged-read-", 0).factory());

  private final ObjectStore store;
  private final Hedge hedge;
  private final StoreObserver observer;

  /// @param store the store that is asked
  public HedgedObjectStore(ObjectStore store, Hedge hedge, StoreObserver observer) {
    this.store = store;
    this.hedge = hedge;
    this.observer = observer;
  }

  @Override
  public byte[] read(String name) throws IOException {
    return first(() -> store.read(name));
  }

  @Override
  public byte[] read(String name, long offset, int length) throws IOException {
    return first(() -> store.read(name, offset, length));
  }

  private byte[] first(Read read) throws IOException {
    CompletionService<byte[]> answers = new ExecutorCompletionService<>(THREADS);
    List<Future<byte[]>> sent = new ArrayList<>();
    try {
      sent.add(answers.submit(read::read));
      int failed = 0;
      while (true) {
        Future<byte[]> done = next(answers, sent.size() < hedge.upTo());
        if (done == null) {
          observer.hedged();
          sent.add(answers.submit(read::read));
          continue;
        }
        try {
          return done.get();
        } catch (ExecutionException e) {
          // the others may still succeed, unless the object is not there
          if (++failed == sent.size() || e.getCause() instanceof NoSuchFileException) {
            throw rethrown(e);
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("read: interrupted");
    } finally {
      sent.forEach(future -> future.cancel(true));
    }
  }

  private @Nullable Future<byte[]> next(CompletionService<byte[]> answers, boolean mayHedge)
      throws InterruptedException {
    return mayHedge ? answers.poll(hedge.after().toNanos(), TimeUnit.NANOSECONDS) : answers.take();
  }

  private static IOException rethrown(ExecutionException e) {
    return switch (e.getCause()) {
      case IOException io -> io;
      case RuntimeException bug -> throw bug;
      case Error bug -> throw bug;
      case null, default -> new IOException(e);
    };
  }

  @Override
  public long size(String name) throws IOException {
    return store.size(name);
  }

  @Override
  public Instant lastModified(String name) throws IOException {
    return store.lastModified(name);
  }

  @Override
  public void write(String name, byte[] bytes) throws IOException {
    store.write(name, bytes);
  }

  @Override
  public void write(String name, Path file) throws IOException {
    store.write(name, file);
  }

  @Override
  public Optional<ConditionalWrites> conditionalWrites() {
    return store.conditionalWrites();
  }

  @Override
  public Optional<Path> file(String name) throws IOException {
    return store.file(name);
  }

  @Override
  public void delete(String name) throws IOException {
    store.delete(name);
  }

  @Override
  public List<String> list(String prefix) throws IOException {
    return store.list(prefix);
  }

  @Override
  public void walk(String prefix, Consumer<Listed> visitor) throws IOException {
    store.walk(prefix, visitor);
  }

  @Override
  public void close() {
    store.close();
  }
}
