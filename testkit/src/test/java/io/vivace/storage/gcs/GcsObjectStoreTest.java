package io.vivace.storage.gcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vivace.storage.ObjectStore;
import io.vivace.storage.remote.Authorization;
import io.vivace.storage.remote.HttpTransport;
import io.vivace.storage.remote.PrefixedObjectStore;
import io.vivace.storage.remote.RemoteCalls;
import io.vivace.storage.remote.RetryPolicy;
import io.vivace.storage.remote.StoreObserver;
import io.vivace.testkit.ProjectFolder;
import io.vivace.testkit.storage.LocalServer;
import io.vivace.testkit.storage.ObjectStoreContract;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Google Cloud Storage against somebody else's emulator, which `clients/gcs-server` builds.
/// Skipped where Go or its modules are not there.
@Tag("slow")
class GcsObjectStoreTest extends ObjectStoreContract {
  @TempDir private static Path folder;
  private static @Nullable LocalServer server;
  private static int port;

  @BeforeAll
  static void start() throws IOException {
    Path log = folder.resolve("go.log");
    Path program = Path.of("target", "fake-gcs-server").toAbsolutePath();
    if (!Files.isExecutable(program)) {
      Path module = ProjectFolder.of("clients").resolve("gcs-server");
      List<String> build =
          List.of("go", "build", "-o", program.toString(), "github.com/fsouza/fake-gcs-server");
      Assumptions.assumeTrue(
          LocalServer.run(module, log, build),
          "SKIPPED: the emulator of Google Cloud Storage could not be built");
    }
    port = LocalServer.freePort();
    server =
        LocalServer.start(
            List.of(
                program.toString(),
                "-scheme=http",
                "-host=127.0.0.1",
                "-port=" + port,
                "-public-host=127.0.0.1:" + port,
                "-external-url=http://127.0.0.1:" + port,
                "-backend=memory",
                "-log-level=warn"),
            port,
            folder.resolve("gcs-server.log"));
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Override
  protected ObjectStore emptyStore() throws IOException {
    String bucket = "bucket-" + UUID.randomUUID();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> created =
          client.send(
              HttpRequest.newBuilder(
                      URI.create("http://127.0.0.1:" + port + "/storage/v1/b?project=test"))
                  .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"" + bucket + "\"}"))
                  .header("Content-Type", "application/json")
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(created.statusCode()).as(created.body()).isEqualTo(200);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return PrefixedObjectStore.of(store(bucket), "team/traces/");
  }

  private static GcsObjectStore store(String bucket) {
    Clock clock = Clock.systemUTC();
    return new GcsObjectStore(
        new HttpTransport(Duration.ofMinutes(1), null, StoreObserver.none(), clock),
        Authorization.anonymous(),
        new GcsSettings(
            bucket,
            GcsSettings.origin("http://127.0.0.1:" + port + "/storage/v1/"),
            GcsSettings.chunk(1 << 20),
            "no-cache",
            Map.of("written-by", "vivace"),
            3),
        new RemoteCalls(
            "gcs bucket " + bucket,
            new RetryPolicy(2, Duration.ofMillis(1), Duration.ofMillis(1)),
            clock,
            time -> {},
            new SplittableRandom(1),
            StoreObserver.none()));
  }

  @Override
  protected int sizeOfSeveralParts() {
    return (5 << 19) + 123;
  }

  @Override
  protected boolean writesConditionally() {
    return true;
  }

  @Test
  void saysThatTheBucketIsMissing() {
    try (GcsObjectStore store = store("absent")) {
      assertThatThrownBy(store::check)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("gcs bucket absent");
    }
  }
}
