package io.vivace.testkit.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vivace.storage.ConditionalWrites;
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
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What every object store does. A test of a store extends this class.
public abstract class ObjectStoreContract {
  private static final int MANY = 1100;

  @TempDir private Path folder;

  /// The store with nothing in it.
  protected abstract ObjectStore emptyStore() throws IOException;

  /// A size of a file that this store writes in several parts, the last one smaller.
  protected abstract int sizeOfSeveralParts();

  /// Whether the store has an opinion on who writes first.
  protected abstract boolean writesConditionally();

  /// How far the store's clock may be from the test's.
  protected Duration clockTolerance() {
    return Duration.ofMinutes(1);
  }

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new SplittableRandom(size).nextBytes(bytes);
    return bytes;
  }

  @Test
  protected void readsWhatWasWritten() throws IOException {
    ObjectStore store = emptyStore();
    byte[] bytes = random(100_000);
    store.write("tenant/block/data", bytes);
    assertThat(store.read("tenant/block/data")).isEqualTo(bytes);
    assertThat(store.size("tenant/block/data")).isEqualTo(bytes.length);
  }

  @Test
  protected void keepsEmptyObjects() throws IOException {
    ObjectStore store = emptyStore();
    store.write("tenant/nocompact.flg", new byte[0]);
    assertThat(store.read("tenant/nocompact.flg")).isEmpty();
    assertThat(store.size("tenant/nocompact.flg")).isZero();
    assertThat(store.read("tenant/nocompact.flg", 0, 10)).isEmpty();
    assertThat(store.list("tenant/")).containsExactly("tenant/nocompact.flg");
  }

  @Test
  protected void readsRangesAndOnlyWhatIsThereAtTheEnd() throws IOException {
    ObjectStore store = emptyStore();
    byte[] bytes = random(1000);
    store.write("object", bytes);
    assertThat(store.read("object", 0, 1000)).isEqualTo(bytes);
    assertThat(store.read("object", 10, 20)).isEqualTo(Arrays.copyOfRange(bytes, 10, 30));
    assertThat(store.read("object", 999, 1)).isEqualTo(Arrays.copyOfRange(bytes, 999, 1000));
    assertThat(store.read("object", 990, 20)).isEqualTo(Arrays.copyOfRange(bytes, 990, 1000));
    assertThat(store.read("object", 5, 0)).isEmpty();
    assertThat(store.read("object", 1000, 10)).isEmpty();
    assertThat(store.read("object", 5000, 10)).isEmpty();
  }

  @Test
  protected void saysWhichObjectIsMissing() throws IOException {
    ObjectStore store = emptyStore();
    store.write("tenant/there", new byte[1]);
    assertThatThrownBy(() -> store.read("tenant/absent"))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("tenant/absent");
    assertThatThrownBy(() -> store.read("tenant/absent", 0, 10))
        .isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> store.read("tenant/absent", 0, 0))
        .isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> store.size("tenant/absent"))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("tenant/absent");
    assertThatThrownBy(() -> store.lastModified("tenant/absent"))
        .isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> store.read("no-tenant/absent"))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  protected void knowsWhenAnObjectWasWritten() throws IOException {
    ObjectStore store = emptyStore();
    Clock clock = Clock.systemUTC();
    Instant before = clock.instant().minus(clockTolerance());
    store.write("object", new byte[1]);
    assertThat(store.lastModified("object"))
        .isBetween(before, clock.instant().plus(clockTolerance()));
  }

  @Test
  protected void replacesObjects() throws IOException {
    ObjectStore store = emptyStore();
    store.write("object", random(5000));
    store.write("object", "short".getBytes(UTF_8));
    assertThat(store.read("object")).asString(UTF_8).isEqualTo("short");
    assertThat(store.size("object")).isEqualTo(5);
    assertThat(store.list("")).containsExactly("object");
  }

  @Test
  protected void writesFilesInPartsAndLeavesThemAlone() throws IOException {
    ObjectStore store = emptyStore();
    byte[] bytes = random(sizeOfSeveralParts());
    Path file = Files.write(folder.resolve("large"), bytes);
    store.write("tenant/block/data.parquet", file);
    assertThat(store.size("tenant/block/data.parquet")).isEqualTo(bytes.length);
    assertThat(store.read("tenant/block/data.parquet")).isEqualTo(bytes);
    assertThat(store.read("tenant/block/data.parquet", bytes.length - 10, 100))
        .isEqualTo(Arrays.copyOfRange(bytes, bytes.length - 10, bytes.length));
    assertThat(store.list("tenant/block/")).containsExactly("tenant/block/data.parquet");
    assertThat(file).hasBinaryContent(bytes);
  }

  @Test
  protected void writesSmallAndEmptyFiles() throws IOException {
    ObjectStore store = emptyStore();
    store.write("small", Files.write(folder.resolve("small"), random(77)));
    store.write("empty", Files.write(folder.resolve("empty"), new byte[0]));
    assertThat(store.read("small")).isEqualTo(random(77));
    assertThat(store.read("empty")).isEmpty();
  }

  @Test
  protected void writesNothingWhenTheFileIsMissing() throws IOException {
    ObjectStore store = emptyStore();
    assertThatThrownBy(() -> store.write("object", folder.resolve("absent")))
        .isInstanceOfAny(IOException.class, java.io.UncheckedIOException.class);
    assertThat(store.list("")).isEmpty();
  }

  @Test
  protected void deletesAsOftenAsItIsAsked() throws IOException {
    ObjectStore store = emptyStore();
    store.write("tenant/block/data", new byte[1]);
    store.write("tenant/block/index", new byte[1]);
    store.delete("tenant/block/data");
    store.delete("tenant/block/data");
    store.delete("tenant/never");
    assertThat(store.list("tenant/block/")).containsExactly("tenant/block/index");
    store.delete("tenant/block/index");
    assertThat(store.list("")).isEmpty();
  }

  @Test
  protected void listsOneLevelSorted() throws IOException {
    ObjectStore store = emptyStore();
    for (String name : List.of("b/2/meta.json", "b/1/meta.json", "b/index.json.gz", "a/1/x", "z")) {
      store.write(name, new byte[1]);
    }
    assertThat(store.list("")).containsExactly("a/", "b/", "z");
    assertThat(store.list("b/")).containsExactly("b/1/", "b/2/", "b/index.json.gz");
    assertThat(store.list("b/1/")).containsExactly("b/1/meta.json");
    assertThat(store.list("c/")).isEmpty();
  }

  @Test
  protected void walksAllLevels() throws IOException {
    ObjectStore store = emptyStore();
    for (String name : List.of("b/2/meta.json", "b/1/meta.json", "b/index.json.gz", "a/1/x")) {
      store.write(name, new byte[1]);
    }
    List<ObjectStore.Listed> walked = new ArrayList<>();
    store.walk("b/", walked::add);
    assertThat(walked.stream().map(ObjectStore.Listed::name))
        .containsExactlyInAnyOrder("b/1/meta.json", "b/2/meta.json", "b/index.json.gz");
    for (ObjectStore.Listed listed : walked) {
      Instant modified = listed.lastModified();
      assertThat(modified == null ? store.lastModified(listed.name()) : modified)
          .isEqualTo(store.lastModified(listed.name()));
    }
    store.walk("c/", listed -> assertThat(listed).isNull());
  }

  @Test
  protected void listsATenantWhoseNameBeginsLikeAnother() throws IOException {
    ObjectStore store = emptyStore();
    store.write("team/1/meta.json", new byte[1]);
    store.write("team-2/2/meta.json", new byte[1]);
    assertThat(store.list("team/")).containsExactly("team/1/");
    assertThat(store.list("team-2/")).containsExactly("team-2/2/");
  }

  @Test
  protected void listsMoreThanOnePage() throws Exception {
    ObjectStore store = emptyStore();
    List<String> expected = new ArrayList<>();
    List<Callable<Void>> writes = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < MANY; i++) {
      String block = new java.util.UUID(random.nextLong(), random.nextLong()).toString();
      expected.add("tenant/" + block + "/");
      writes.add(() -> {
        store.write("tenant/" + block + "/meta.json", new byte[] {1});
        return null;
      });
    }
    store.write("tenant/index.json.gz", new byte[1]);
    expected.add("tenant/index.json.gz");
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (Future<Void> write : threads.invokeAll(writes)) {
        write.get();
      }
    }
    expected.sort(null);
    assertThat(store.list("tenant/")).isEqualTo(expected);
    List<String> walked = new ArrayList<>();
    store.walk("tenant/", listed -> walked.add(listed.name()));
    assertThat(walked.stream().map(name -> name.replace("meta.json", "")))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  protected void keepsNamesWithOddCharacters() throws IOException {
    ObjectStore store = emptyStore();
    List<String> names =
        List.of(
            "tenant with space/block/a b",
            "tenant+plus/block/a+b",
            "t%41/block/100%",
            "tenänt/блок/数据",
            "a=b&c=d/e?f/#g",
            "quote'\"/x'y\"z",
            "semi;colon/at@colon:,");
    for (String name : names) {
      store.write(name, name.getBytes(UTF_8));
    }
    for (String name : names) {
      assertThat(store.read(name)).asString(UTF_8).isEqualTo(name);
      assertThat(store.size(name)).isEqualTo(name.getBytes(UTF_8).length);
      String parent = name.substring(0, name.lastIndexOf('/') + 1);
      assertThat(store.list(parent)).contains(name);
      store.delete(name);
    }
    assertThat(store.list("")).isEmpty();
  }

  @Test
  protected void readersSeeWholeObjectsWhileWritersReplaceThem() throws Exception {
    ObjectStore store = emptyStore();
    List<byte[]> versions = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      byte[] bytes = new byte[50_000 + i * 10_000];
      Arrays.fill(bytes, (byte) i);
      versions.add(bytes);
    }
    store.write("object", versions.getFirst());
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      List<Future<Void>> writers = new ArrayList<>();
      for (byte[] version : versions) {
        writers.add(
            threads.submit(() -> {
              for (int i = 0; i < 10; i++) {
                store.write("object", version);
              }
              return null;
            }));
      }
      for (int i = 0; i < 40; i++) {
        byte[] seen = store.read("object");
        assertThat(seen).isEqualTo(versions.get(seen[0]));
      }
      for (Future<Void> writer : writers) {
        writer.get();
      }
    }
  }

  @Test
  protected void copiesFromAnotherStore() throws IOException {
    ObjectStore store = emptyStore();
    ObjectStore other = new io.vivace.storage.LocalObjectStore(folder.resolve("other"));
    byte[] bytes = random(300_000);
    other.write("tenant/block/data", bytes);
    store.copyFrom(other, "tenant/block/data");
    assertThat(store.read("tenant/block/data")).isEqualTo(bytes);
    assertThatThrownBy(() -> store.copyFrom(other, "tenant/block/absent"))
        .isInstanceOf(NoSuchFileException.class);
  }

  private ConditionalWrites conditional(ObjectStore store) {
    Optional<ConditionalWrites> writes = store.conditionalWrites();
    assertThat(writes.isPresent()).isEqualTo(writesConditionally());
    assumeTrue(writes.isPresent(), "the store has no conditional writes, and says so");
    return writes.orElseThrow();
  }

  @Test
  protected void createsAnObjectOnlyOnce() throws IOException {
    ObjectStore store = emptyStore();
    ConditionalWrites writes = conditional(store);
    assertThat(writes.writeIfAbsent("object", "first".getBytes(UTF_8))).isPresent();
    assertThat(writes.writeIfAbsent("object", "second".getBytes(UTF_8))).isEmpty();
    assertThat(store.read("object")).asString(UTF_8).isEqualTo("first");
  }

  @Test
  protected void replacesAnObjectOnlyWhenItIsTheOneThatWasRead() throws IOException {
    ObjectStore store = emptyStore();
    ConditionalWrites writes = conditional(store);
    store.write("object", "0".getBytes(UTF_8));
    ConditionalWrites.Versioned read = writes.read("object");
    assertThat(read.bytes()).asString(UTF_8).isEqualTo("0");
    String next =
        writes.writeIfUnchanged("object", "1".getBytes(UTF_8), read.version()).orElseThrow();
    assertThat(writes.writeIfUnchanged("object", "2".getBytes(UTF_8), read.version())).isEmpty();
    assertThat(store.read("object")).asString(UTF_8).isEqualTo("1");
    assertThat(writes.writeIfUnchanged("object", "3".getBytes(UTF_8), next)).isPresent();
    assertThat(writes.read("object").bytes()).asString(UTF_8).isEqualTo("3");
    store.delete("object");
    assertThat(writes.writeIfUnchanged("object", "4".getBytes(UTF_8), next)).isEmpty();
    assertThat(store.list("")).isEmpty();
  }

  @Test
  protected void letsOneOfManyCreateAnObject() throws Exception {
    ConditionalWrites writes = conditional(emptyStore());
    List<Callable<Optional<String>>> attempts = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      byte[] bytes = {(byte) i};
      attempts.add(() -> writes.writeIfAbsent("object", bytes));
    }
    int created = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (Future<Optional<String>> attempt : threads.invokeAll(attempts)) {
        created += attempt.get().isPresent() ? 1 : 0;
      }
    }
    assertThat(created).isEqualTo(1);
  }
}
