package io.vivace.storage.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vivace.storage.ObjectStore;
import io.vivace.storage.remote.HttpTransport;
import io.vivace.storage.remote.PrefixedObjectStore;
import io.vivace.storage.remote.RemoteCalls;
import io.vivace.storage.remote.RetryPolicy;
import io.vivace.storage.remote.StoreException;
import io.vivace.storage.remote.StoreObserver;
import io.vivace.testkit.ProjectFolder;
import io.vivace.testkit.storage.LocalServer;
import io.vivace.testkit.storage.ObjectStoreContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Azure Blob Storage against Microsoft's emulator, which `clients/azurite` names. Skipped where
/// Node.js or npm's packages are not there.
@Tag("slow")
class AzureObjectStoreTest extends ObjectStoreContract {
  private static final String ACCOUNT = "devstoreaccount1";

  /// The key that every emulator has, from its manual.
  private static final String KEY =
      "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

  private static final int BLOCK = 256 << 10;

  @TempDir private static Path folder;
  private static @Nullable LocalServer server;
  private static int port;

  @BeforeAll
  static void start() throws IOException {
    Path target = Files.createDirectories(Path.of("target", "azurite").toAbsolutePath());
    Path program = target.resolve("node_modules/azurite/dist/src/blob/main.js");
    if (!Files.exists(program)) {
      for (String name : List.of("package.json", "package-lock.json")) {
        Files.copy(
            ProjectFolder.of("clients").resolve("azurite").resolve(name),
            target.resolve(name),
            StandardCopyOption.REPLACE_EXISTING);
      }
      Assumptions.assumeTrue(
          LocalServer.run(
              target,
              folder.resolve("npm.log"),
              List.of("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts")),
          "SKIPPED: npm could not install the emulator of Azure Blob Storage");
    }
    port = LocalServer.freePort();
    server =
        LocalServer.start(
            List.of(
                "node",
                program.toString(),
                "--blobHost",
                "127.0.0.1",
                "--blobPort",
                String.valueOf(port),
                "--inMemoryPersistence",
                "--disableTelemetry",
                "--silent"),
            port,
            folder.resolve("azurite.log"));
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  private static AzureSettings settings(String container) {
    return new AzureSettings(
        ACCOUNT, container, AzureSettings.url(ACCOUNT, container, "127.0.0.1:" + port), BLOCK, 3);
  }

  private static HttpTransport transport() {
    return new HttpTransport(Duration.ofMinutes(1), null, StoreObserver.none(), Clock.systemUTC());
  }

  @Override
  protected ObjectStore emptyStore() throws IOException {
    String container = "container-" + UUID.randomUUID();
    try (HttpTransport transport = transport()) {
      AzureApi api =
          new AzureApi(
              transport, new SharedKey(ACCOUNT, KEY), settings(container), Clock.systemUTC());
      assertThat(api.send(api.container("PUT"), container).status()).isEqualTo(201);
    }
    return PrefixedObjectStore.of(store(container, KEY), "team/traces");
  }

  private static AzureObjectStore store(String container, String key) {
    Clock clock = Clock.systemUTC();
    return new AzureObjectStore(
        transport(),
        new SharedKey(ACCOUNT, key),
        settings(container),
        new RemoteCalls(
            "azure container " + container,
            new RetryPolicy(2, Duration.ofMillis(1), Duration.ofMillis(1)),
            clock,
            time -> {},
            new SplittableRandom(1),
            StoreObserver.none()),
        clock);
  }

  @Override
  protected int sizeOfSeveralParts() {
    return 7 * BLOCK + 123;
  }

  @Override
  protected boolean writesConditionally() {
    return true;
  }

  @Test
  void saysThatTheContainerIsMissing() {
    try (AzureObjectStore store = store("absent", KEY)) {
      assertThatThrownBy(store::check)
          .isInstanceOf(StoreException.class)
          .hasMessageContaining(
              "azure container absent: list the container: 404 ContainerNotFound");
    }
  }

  @Test
  void saysThatTheKeyIsWrong() {
    try (AzureObjectStore store = store("locked", KEY.replace('E', 'F'))) {
      assertThatThrownBy(() -> store.read("tenant/object"))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("read tenant/object: 403");
    }
  }

  @Test
  void takesSuffixesAsTempoDoes() {
    assertThat(AzureSettings.url("acc", "c", "blob.core.windows.net"))
        .hasToString("https://acc.blob.core.windows.net/c");
    assertThat(AzureSettings.url("acc", "c", "azurite:10000"))
        .hasToString("http://azurite:10000/acc/c");
    assertThatThrownBy(() -> AzureSettings.url("acc", "c", "a b"))
        .hasMessageContaining("endpoint_suffix: a b");
  }
}
