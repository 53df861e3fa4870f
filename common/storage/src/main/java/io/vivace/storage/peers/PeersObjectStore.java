package io.vivace.storage.peers;

import io.vivace.storage.LocalObjectStore;
import io.vivace.storage.ObjectStore;
import io.vivace.storage.peers.Holders.Holder;
import io.vivace.storage.peers.Holders.Now;
import io.vivace.storage.remote.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The disks of all ingesters as one store (`backend: local` in several processes).
///
/// - Lists show what any holder has. One that does not answer counts with what it had when it last
///   did; one that never did makes the list fail, so that nobody takes half a list for a whole one.
/// - Reads go to whoever has the object. It is missing only when every holder says so: while one is
///   silent and no other has the object, the read fails.
/// - What lies directly below a tenant (its index) is replaced again and again: the newest is read.
/// - Writes go to as many holders as the replication factor says, the same ones for all objects of
///   a block, and succeed when most of them did.
/// - Deletes reach every holder or fail, and are asked for again.
///
/// A volume that several processes share counts once.
public final class PeersObjectStore implements ObjectStore {
  @FunctionalInterface
  private interface Question<T> {
    T ask(ObjectStore store) throws IOException;
  }

  @FunctionalInterface
  private interface Change {
    void to(ObjectStore store) throws IOException;
  }

  private final LocalObjectStore local;
  private final Holders holders;
  private final int replicationFactor;
  private final LastKnown known = new LastKnown();

  /// @param local the disk of this process, whether or not it keeps anything
  /// @param members the other processes that keep objects, now
  /// @param isMember whether this process keeps objects itself
  /// @param replicationFactor how many holders get what is written here
  public PeersObjectStore(
      LocalObjectStore local,
      Supplier<List<Peer>> members,
      boolean isMember,
      int replicationFactor) {
    this.local = local;
    this.holders = new Holders(local, members, isMember);
    this.replicationFactor = replicationFactor;
  }

  /// The holders now.
  ///
  /// @throws StoreException when there are none: the ring is not known yet
  private Now now() throws IOException {
    Now now = holders.now();
    if (now.holders().isEmpty()) {
      throw unavailable(
          "no ingester that keeps blocks answers"
              + (now.unknown().isEmpty() ? "" : ": " + now.unknown())
              + " (expected: one in the ring at least)",
          null);
    }
    return now;
  }

  private static StoreException unavailable(String text, @Nullable Throwable cause) {
    return new StoreException(
        StoreException.Kind.UNAVAILABLE, 0, "blocks of the ingesters: " + text, null, cause);
  }

  @Override
  public byte[] read(String name) throws IOException {
    return answer(name, store -> store.read(name));
  }

  @Override
  public byte[] read(String name, long offset, int length) throws IOException {
    return answer(name, store -> store.read(name, offset, length));
  }

  @Override
  public long size(String name) throws IOException {
    return answer(name, store -> store.size(name));
  }

  @Override
  public Instant lastModified(String name) throws IOException {
    return answer(name, store -> store.lastModified(name));
  }

  private <T> T answer(String name, Question<T> question) throws IOException {
    Now now = now();
    List<Holder> order = known.order(folder(name), now.holders());
    return isReplaced(name)
        ? newest(name, now, order, question)
        : first(name, now, order, question);
  }

  private <T> T first(String name, Now now, List<Holder> order, Question<T> question)
      throws IOException {
    List<String> silent = new ArrayList<>(now.unknown());
    IOException failure = null;
    NoSuchFileException missing = null;
    for (Holder holder : order) {
      try {
        T answer = question.ask(holder.objects());
        known.has(folder(name), holder.address());
        return answer;
      } catch (NoSuchFileException e) {
        missing = e;
      } catch (IOException e) {
        silent.add(holder.address());
        failure = e;
      }
    }
    if (silent.isEmpty()) {
      throw missing == null ? new NoSuchFileException(name) : missing;
    }
    throw unavailable(
        name + ": not found where it was looked for, and no answer from " + silent, failure);
  }

  private <T> T newest(String name, Now now, List<Holder> order, Question<T> question)
      throws IOException {
    Holder best = null;
    Instant time = Instant.MIN;
    NoSuchFileException missing = null;
    List<String> silent = new ArrayList<>(now.unknown());
    for (Holder holder : order) {
      try {
        Instant modified = holder.objects().lastModified(name);
        if (modified.isAfter(time)) {
          time = modified;
          best = holder;
        }
      } catch (NoSuchFileException e) {
        missing = e;
      } catch (IOException e) {
        silent.add(holder.address());
      }
    }
    if (best != null) {
      return question.ask(best.objects());
    }
    if (silent.isEmpty()) {
      throw missing == null ? new NoSuchFileException(name) : missing;
    }
    throw unavailable(name + ": no answer from " + silent, null);
  }

  /// Whether an object is written more than once: all but the objects of blocks.
  private static boolean isReplaced(String name) {
    return name.chars().filter(c -> c == '/').count() < 2;
  }

  private static String folder(String name) {
    return name.substring(0, name.lastIndexOf('/') + 1);
  }

  @Override
  public void write(String name, byte[] bytes) throws IOException {
    spread(name, store -> store.write(name, bytes));
  }

  @Override
  public void write(String name, Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new NoSuchFileException(file.toString());
    }
    spread(name, store -> store.write(name, file));
  }

  private void spread(String name, Change change) throws IOException {
    Now now = now();
    String folder = folder(name);
    List<Holder> order = new ArrayList<>(now.holders());
    // highest random weight: the same holders for a folder, wherever it is written
    order.sort(
        Comparator.comparing((Holder holder) -> !holder.isLocal())
            .thenComparingLong(holder -> LastKnown.weight(folder, holder.address())));
    int wanted = Math.min(replicationFactor, order.size() + now.unknown().size());
    int done = 0;
    List<String> silent = new ArrayList<>(now.unknown());
    IOException failure = null;
    for (int i = 0; i < order.size() && done < wanted; i++) {
      try {
        change.to(order.get(i).objects());
        known.has(folder, order.get(i).address());
        done++;
      } catch (IOException e) {
        silent.add(order.get(i).address());
        failure = e;
      }
    }
    if (done < wanted / 2 + 1) {
      throw unavailable(
          name + ": written to " + done + " of " + wanted + ", no answer from " + silent, failure);
    }
  }

  @Override
  public void delete(String name) throws IOException {
    Now now = now();
    List<String> silent = new ArrayList<>(now.unknown());
    IOException failure = null;
    for (Holder holder : now.holders()) {
      try {
        holder.objects().delete(name);
      } catch (IOException e) {
        silent.add(holder.address());
        failure = e;
      }
    }
    if (!silent.isEmpty()) {
      throw unavailable(name + ": not deleted everywhere, no answer from " + silent, failure);
    }
  }

  @Override
  public List<String> list(String prefix) throws IOException {
    SortedSet<String> names = new TreeSet<>();
    everywhere(
        prefix,
        false,
        store -> store.list(prefix).stream().map(name -> new Listed(name, null)).toList(),
        listed -> names.add(listed.name()));
    return List.copyOf(names);
  }

  @Override
  public void walk(String prefix, Consumer<Listed> visitor) throws IOException {
    TreeMap<String, Listed> objects = new TreeMap<>();
    everywhere(
        prefix,
        true,
        store -> {
          List<Listed> found = new ArrayList<>();
          store.walk(prefix, found::add);
          return found;
        },
        listed -> objects.merge(listed.name(), listed, PeersObjectStore::later));
    objects.values().forEach(visitor);
  }

  private static Listed later(Listed a, Listed b) {
    Instant first = a.lastModified();
    Instant second = b.lastModified();
    if (first == null || second == null) {
      return first == null ? b : a;
    }
    return first.isAfter(second) ? a : b;
  }

  private void everywhere(
      String prefix, boolean deep, Question<List<Listed>> question, Consumer<Listed> visitor)
      throws IOException {
    Now now = now();
    if (!now.unknown().isEmpty()) {
      throw unavailable("list " + prefix + ": no answer yet from " + now.unknown(), null);
    }
    for (Holder holder : now.holders()) {
      List<Listed> found;
      try {
        found = question.ask(holder.objects());
        known.listed(holder.address(), prefix, deep, found);
      } catch (IOException e) {
        found = known.lastList(holder.address(), prefix, deep);
        if (found == null) {
          throw unavailable("list " + prefix + ": no answer from " + holder.address(), e);
        }
      }
      found.forEach(visitor);
    }
  }

  @Override
  public Optional<Path> file(String name) throws IOException {
    try {
      return local.file(name);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }
}
