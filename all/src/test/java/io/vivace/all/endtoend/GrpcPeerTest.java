package io.vivace.all.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.vivace.service.storage.peers.GrpcPeer;
import io.vivace.service.storage.peers.LocalObjectsService;
import io.vivace.storage.LocalObjectStore;
import io.vivace.storage.ObjectStore;
import io.vivace.storage.remote.StoreException;
import io.vivace.testkit.storage.ObjectStoreContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A folder of objects behind gRPC is an object store as any other.
class GrpcPeerTest extends ObjectStoreContract {
  @TempDir private Path root;

  private final String name = "peer-" + UUID.randomUUID();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final ManagedChannel channel =
      InProcessChannelBuilder.forName(name).maxInboundMessageSize(4 << 20).build();
  private final GrpcPeer peer = new GrpcPeer("peer:9095", channel);
  private Server server;

  GrpcPeerTest() throws IOException {
    server = start(Path.of("unused"));
  }

  private Server start(Path folder) throws IOException {
    return InProcessServerBuilder.forName(name)
        .addService(new LocalObjectsService(new LocalObjectStore(folder)))
        .executor(threads)
        .maxInboundMessageSize(4 << 20)
        .build()
        .start();
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    server.shutdownNow();
    threads.shutdown();
  }

  @Override
  protected ObjectStore emptyStore() throws IOException {
    server.shutdownNow();
    try {
      server.awaitTermination();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    server = start(root.resolve("store"));
    return peer;
  }

  @Override
  protected int sizeOfSeveralParts() {
    return (5 << 19) + 123;
  }

  @Override
  protected boolean writesConditionally() {
    return false;
  }

  @Test
  void staysInsideOfTheFolder() throws IOException {
    ObjectStore store = emptyStore();
    Files.writeString(root.resolve("secret"), "x");
    for (String path : List.of("../secret", "a/../../secret", "/etc/passwd", "")) {
      assertThatThrownBy(() -> store.read(path)).isInstanceOf(NoSuchFileException.class);
      assertThatThrownBy(() -> store.write(path, new byte[1])).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> store.delete(path)).isInstanceOf(IOException.class);
    }
    assertThat(root.resolve("secret")).hasContent("x");
    assertThatThrownBy(() -> store.list("../")).isInstanceOf(IOException.class);
  }

  @Test
  void leavesNothingBehindWhenTheSenderFails() throws IOException {
    ObjectStore store = emptyStore();
    assertThatThrownBy(() -> store.write("tenant/block/data", root))
        .isInstanceOf(IOException.class);
    assertThat(store.list("tenant/block/")).isEmpty();
    try (Stream<Path> files = Files.walk(root)) {
      assertThat(files.filter(Files::isRegularFile).filter(file -> file.endsWith("data")))
          .isEmpty();
    }
  }

  @Test
  void saysWhoDidNotAnswer() {
    server.shutdownNow();
    assertThatThrownBy(() -> peer.read("tenant/block/data", 0, 10))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("peer:9095: tenant/block/data: UNAVAILABLE");
    assertThatThrownBy(() -> peer.write("tenant/block/data", new byte[3_000_000]))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("peer:9095");
  }

  @Test
  void namesItsVolumeAlwaysAlike() throws IOException {
    ObjectStore store = emptyStore();
    String volume = peer.volume();
    assertThat(peer.volume()).isEqualTo(volume);
    assertThat(store.list("")).isEmpty();
  }
}
