package io.vivace.storage.remote;

import io.vivace.storage.ObjectStore.Listed;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Lists what lies below a prefix. The first page is asked for alone; when there is more, and the
/// store can start anywhere, the rest is asked for in several ranges at once, cut where the names
/// of blocks are evenly spread (key `list_blocks_concurrency`).
public final class Listing {
  /// A page.
  ///
  /// @param names objects, and deeper levels with a `/` at the end, in any order
  /// @param next where the next page begins, absent on the last one
  public record Page(List<Listed> names, @Nullable String next) {
    private String last() {
      return names.stream().map(Listed::name).max(String::compareTo).orElse("");
    }
  }

  /// Asks for pages.
  @FunctionalInterface
  public interface Pages {
    /// One page.
    ///
    /// @param oneLevel whether deeper levels are shown once each, instead of all their objects
    /// @param next from the page before, absent for the first page
    /// @param after only names behind this one, absent for all; never together with `next`
    Page page(String prefix, boolean oneLevel, @Nullable String next, @Nullable String after)
        throws IOException;
  }

  private record Range(@Nullable String next, @Nullable String after, @Nullable String until) {
    private boolean has(String name) {
      // some stores begin with the name itself, not behind it
      return (after == null || name.compareTo(after) > 0) && !isPast(name);
    }

    private boolean isPast(String name) {
      return until != null && name.compareTo(until) > 0;
    }
  }

  private final Pages pages;
  private final int concurrency;

  /// @param concurrency how many ranges at once; 1 for a store that cannot start anywhere
  public Listing(Pages pages, int concurrency) {
    this.pages = pages;
    this.concurrency = concurrency;
  }

  /// All names directly below, sorted.
  public List<String> names(String prefix) throws IOException {
    SortedSet<String> names = new TreeSet<>();
    all(prefix, true, listed -> names.add(listed.name()));
    return List.copyOf(names);
  }

  /// All objects at any depth, in any order; `visitor` is called by one thread at a time.
  public void walk(String prefix, Consumer<Listed> visitor) throws IOException {
    all(prefix, false, visitor);
  }

  private void all(String prefix, boolean oneLevel, Consumer<Listed> visitor) throws IOException {
    Consumer<Listed> inside =
        listed -> {
          // some tools make an object of size 0 for a folder
          if (!listed.name().equals(prefix)) {
            visitor.accept(listed);
          }
        };
    Page first = pages.page(prefix, oneLevel, null, null);
    first.names().forEach(inside);
    String next = first.next();
    if (next == null) {
      return;
    }
    List<Range> ranges = ranges(prefix, next, first.last());
    if (ranges.size() == 1) {
      range(prefix, oneLevel, ranges.getFirst(), inside);
    } else {
      inParallel(prefix, oneLevel, ranges, inside);
    }
  }

  /// Cuts at two hexadecimal digits: no folder has names on both sides of such a cut.
  private List<Range> ranges(String prefix, String next, String last) {
    List<String> cuts = new ArrayList<>();
    for (int i = 1; i < concurrency; i++) {
      String cut = prefix + "%02x".formatted(i * 256 / concurrency);
      if (cut.compareTo(last) > 0 && !cuts.contains(cut)) {
        cuts.add(cut);
      }
    }
    List<Range> ranges = new ArrayList<>();
    for (int i = 0; i <= cuts.size(); i++) {
      String until = i < cuts.size() ? cuts.get(i) : null;
      ranges.add(i == 0 ? new Range(next, null, until) : new Range(null, cuts.get(i - 1), until));
    }
    return ranges;
  }

  private void range(String prefix, boolean oneLevel, Range range, Consumer<Listed> visitor)
      throws IOException {
    String next = range.next();
    String after = range.after();
    do {
      Page page = pages.page(prefix, oneLevel, next, after);
      synchronized (visitor) {
        page.names().stream().filter(listed -> range.has(listed.name())).forEach(visitor);
      }
      next = range.isPast(page.last()) ? null : page.next();
      after = null;
    } while (next != null);
  }

  private void inParallel(
      String prefix, boolean oneLevel, List<Range> ranges, Consumer<Listed> visitor)
      throws IOException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Void>> parts = new ArrayList<>();
      for (Range range : ranges) {
        parts.add(
            threads.submit(() -> {
              range(prefix, oneLevel, range, visitor);
              return null;
            }));
      }
      try {
        for (Future<Void> part : parts) {
          part.get();
        }
      } catch (ExecutionException e) {
        throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("list " + prefix + ": interrupted");
      } finally {
        parts.forEach(part -> part.cancel(true));
      }
    }
  }
}
