package io.vivace.testkit.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vivace.storage.LocalObjectStore;
import io.vivace.storage.ObjectStore;
import io.vivace.storage.peers.Peer;
import io.vivace.storage.peers.PeersObjectStore;
import io.vivace.storage.remote.StoreException;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The disks of three ingesters, seen by a process that keeps nothing.
class PeersObjectStoreTest extends ObjectStoreContract {
  private static final String META = "tenant/0d1f7e5a-0000-0000-0000-000000000001/meta.json";

  @TempDir private Path root;

  private final List<Member> members = new ArrayList<>();

  /// An ingester that may be down.
  private static final class Member implements Peer {
    private final String address;
    private final LocalObjectStore disk;
    private boolean down;

    Member(String address, Path path) {
      this.address = address;
      this.disk = new LocalObjectStore(path);
    }

    @Override
    public String address() {
      return address;
    }

    @Override
    public String volume() throws IOException {
      refuseWhenDown();
      return disk.markVolume();
    }

    private void refuseWhenDown() throws IOException {
      if (down) {
        throw new IOException(address + ": connection refused");
      }
    }

    @Override
    public ObjectStore objects() {
      return (ObjectStore)
          Proxy.newProxyInstance(
              Member.class.getClassLoader(),
              new Class<?>[] {ObjectStore.class},
              (proxy, method, arguments) -> {
                refuseWhenDown();
                try {
                  return method.invoke(disk, arguments);
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
              });
    }
  }

  private PeersObjectStore store(int replicationFactor) {
    return store(root.resolve("querier"), replicationFactor);
  }

  private PeersObjectStore store(Path local, int replicationFactor) {
    if (members.isEmpty()) {
      for (int i = 0; i < 3; i++) {
        members.add(new Member("ingester-" + i, root.resolve("ingester-" + i)));
      }
    }
    return new PeersObjectStore(
        new LocalObjectStore(local), () -> List.copyOf(members), false, replicationFactor);
  }

  private long copies(String name) throws IOException {
    long copies = 0;
    for (Member member : members) {
      copies +=
          member.disk.list(name.substring(0, name.lastIndexOf('/') + 1)).contains(name) ? 1 : 0;
    }
    return copies;
  }

  @Override
  protected ObjectStore emptyStore() {
    return store(3);
  }

  @Override
  protected int sizeOfSeveralParts() {
    return 1 << 20;
  }

  @Override
  protected boolean writesConditionally() {
    return false;
  }

  @Test
  void showsWhatAnyOfThemHas() throws IOException {
    PeersObjectStore store = store(2);
    members.get(0).disk.write("a/1/meta.json", new byte[] {1});
    members.get(1).disk.write("a/2/meta.json", new byte[] {2});
    members.get(2).disk.write("b/3/meta.json", new byte[] {3});
    assertThat(store.list("")).containsExactly("a/", "b/");
    assertThat(store.list("a/")).containsExactly("a/1/", "a/2/");
    assertThat(store.read("b/3/meta.json")).containsExactly(3);
    assertThat(store.read("a/2/meta.json")).containsExactly(2);
  }

  @Test
  void writesAsManyCopiesAsTheReplicationFactorSaysAndDeletesThemAll() throws IOException {
    PeersObjectStore store = store(2);
    store.write(META, new byte[1]);
    store.write(META.replace("meta.json", "data.parquet"), new byte[1]);
    assertThat(copies(META)).isEqualTo(2);
    for (Member member : members) {
      assertThat(member.disk.list(META.replace("meta.json", "")).size()).isIn(0, 2);
    }
    store.delete(META);
    assertThat(copies(META)).isZero();
  }

  @Test
  void readsFromAnotherHolderWhileOneIsDown() throws IOException {
    PeersObjectStore store = store(3);
    store.write(META, new byte[] {7});
    for (Member member : members) {
      member.down = true;
      assertThat(store.read(META)).containsExactly(7);
      member.down = false;
    }
  }

  @Test
  void failsInsteadOfSayingThatAnObjectIsMissing() throws IOException {
    PeersObjectStore store = store(3);
    members.get(1).disk.write(META, new byte[1]);
    assertThat(store.list("tenant/")).hasSize(1);
    members.get(1).down = true;
    assertThatThrownBy(() -> store.read(META))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(META)
        .hasMessageContaining("ingester-1");
    members.get(1).down = false;
    assertThat(store.read(META)).hasSize(1);
    assertThatThrownBy(() -> store.read(META + "x")).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void listsWhatAHolderHadWhileItIsDownAndTheNewsOfTheOthers() throws IOException {
    PeersObjectStore store = store(3);
    members.get(0).disk.write("a/1/meta.json", new byte[1]);
    assertThat(store.list("a/")).containsExactly("a/1/");
    List<String> walked = new ArrayList<>();
    store.walk("a/", listed -> walked.add(listed.name()));
    members.get(0).down = true;
    members.get(1).disk.write("a/2/meta.json", new byte[1]);
    assertThat(store.list("a/")).containsExactly("a/1/", "a/2/");
    store.walk("a/", listed -> walked.add(listed.name()));
    assertThat(walked).containsExactly("a/1/meta.json", "a/1/meta.json", "a/2/meta.json");
  }

  @Test
  void refusesToListWhenAHolderNeverAnswered() {
    PeersObjectStore store = store(3);
    members.get(2).down = true;
    assertThatThrownBy(() -> store.list("a/"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("ingester-2");
  }

  @Test
  void refusesToListWhileNobodyIsInTheRing() {
    PeersObjectStore store =
        new PeersObjectStore(
            new LocalObjectStore(root.resolve("querier")), () -> List.of(), false, 3);
    assertThatThrownBy(() -> store.list("")).hasMessageContaining("no ingester that keeps blocks");
  }

  @Test
  void writesWhenMostHoldersAnswerAndDeletesOnlyWhenAllDo() throws IOException {
    PeersObjectStore store = store(3);
    assertThat(store.list("")).isEmpty();
    members.get(0).down = true;
    store.write(META, new byte[1]);
    assertThat(copies(META)).isEqualTo(2);
    assertThatThrownBy(() -> store.delete(META))
        .hasMessageContaining("not deleted everywhere")
        .hasMessageContaining("ingester-0");
    members.get(1).down = true;
    assertThatThrownBy(() -> store.write(META, new byte[1])).hasMessageContaining("1 of 3");
    members.forEach(member -> member.down = false);
    store.delete(META);
    assertThat(copies(META)).isZero();
  }

  @Test
  void readsTheNewestIndex() throws IOException {
    PeersObjectStore store = store(2);
    for (int i = 0; i < 6; i++) {
      members.get(i % 3).down = true;
      try {
        store.write("tenant/index.json.gz", ("version " + i).getBytes(UTF_8));
      } catch (StoreException e) {
        // one of two holders known so far is not most of them: nothing was promised
        assertThat(e).hasMessageContaining("no answer from");
      }
      members.get(i % 3).down = false;
    }
    store.write("tenant/index.json.gz", "last".getBytes(UTF_8));
    assertThat(store.read("tenant/index.json.gz")).asString(UTF_8).isEqualTo("last");
  }

  @Test
  void countsASharedVolumeOnce() throws IOException {
    Path shared = root.resolve("shared");
    for (int i = 0; i < 3; i++) {
      members.add(new Member("ingester-" + i, shared));
    }
    PeersObjectStore store = store(shared, 3);
    members.getFirst().disk.write(META, new byte[] {1});
    assertThat(store.list("tenant/")).hasSize(1);
    List<String> walked = new ArrayList<>();
    store.walk("tenant/", listed -> walked.add(listed.name()));
    assertThat(walked).containsExactly(META);
    members.forEach(member -> member.down = true);
    assertThat(store.read(META)).containsExactly(1);
    assertThat(store.list("tenant/")).hasSize(1);
    store.write(META.replace("meta", "other"), new byte[1]);
    store.delete(META);
    assertThat(store.list(META.replace("meta.json", ""))).hasSize(1);
  }
}
