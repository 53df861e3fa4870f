package io.vivace.storage;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Does the same with many things, several at a time, on virtual threads.
public final class Parallel {
  private Parallel() {}

  /// What is done with each of them.
  @FunctionalInterface
  public interface Task<T> {
    /// Does it with one.
    void accept(T item) throws IOException;
  }

  /// Gives every item to `task`, at most `limit` at a time. After a failure no further item is
  /// begun.
  ///
  /// @throws IOException the first failure
  public static <T> void forEach(Collection<T> items, int limit, Task<T> task) throws IOException {
    int workers = Math.clamp(limit, 1, Math.max(1, items.size()));
    if (workers == 1) {
      for (T item : items) {
        task.accept(item);
      }
      return;
    }
    Iterator<T> rest = items.iterator();
    AtomicBoolean failed = new AtomicBoolean();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> futures = new ArrayList<>(workers);
      for (int i = 0; i < workers; i++) {
        futures.add(
            threads.submit(() -> {
              work(rest, failed, task);
              return null;
            }));
      }
      for (Future<?> future : futures) {
        await(future, failed);
      }
    }
  }

  private static <T> void work(Iterator<T> rest, AtomicBoolean failed, Task<T> task)
      throws IOException {
    for (T item = take(rest); item != null && !failed.get(); item = take(rest)) {
      try {
        task.accept(item);
      } catch (IOException | RuntimeException e) {
        failed.set(true);
        throw e;
      }
    }
  }

  private static <T> @Nullable T take(Iterator<T> rest) {
    synchronized (rest) {
      return rest.hasNext() ? rest.next() : null;
    }
  }

  private static void await(Future<?> future, AtomicBoolean failed) throws IOException {
    try {
      Object _ = future.get();
    } catch (InterruptedException e) {
      failed.set(true);
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("interrupted").initCause(e);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof IOException io) {
        throw io;
      }
      throw cause instanceof RuntimeException runtime ? runtime : new IllegalStateException(cause);
    }
  }
}
