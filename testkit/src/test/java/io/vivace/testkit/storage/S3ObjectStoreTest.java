package io.vivace.testkit.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vivace.storage.ObjectStore;
import io.vivace.storage.remote.PrefixedObjectStore;
import io.vivace.storage.remote.RemoteCalls;
import io.vivace.storage.remote.RetryPolicy;
import io.vivace.storage.remote.StoreException;
import io.vivace.storage.remote.StoreObserver;
import io.vivace.storage.s3.S3Clients;
import io.vivace.storage.s3.S3ObjectStore;
import io.vivace.storage.s3.S3Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.DelegatingS3Client;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/// S3 against a server of its own.
@Tag("slow")
class S3ObjectStoreTest extends ObjectStoreContract {
  private static final int PART = 5 << 20;

  @TempDir private static Path folder;
  private static @Nullable S3Server server;

  private @Nullable S3ObjectStore open;

  @BeforeAll
  static void start() throws IOException {
    server = S3Server.start(folder);
  }

  @AfterAll
  static void stop() {
    server().close();
  }

  @AfterEach
  void close() {
    if (open != null) {
      open.close();
    }
  }

  private static S3Server server() {
    S3Server started = server;
    if (started == null) {
      throw new IllegalStateException("not started");
    }
    return started;
  }

  @Override
  protected ObjectStore emptyStore() throws IOException {
    String bucket = "bucket-" + UUID.randomUUID();
    server().createBucket(bucket);
    return PrefixedObjectStore.of(store(bucket, S3Server.SECRET_KEY), "team/traces");
  }

  private static S3Settings settings(String bucket, String secret) {
    return new S3Settings(
        bucket,
        server().endpoint(),
        "",
        true,
        false,
        S3Settings.Lookup.AUTO,
        3,
        new S3Settings.Credentials(S3Server.ACCESS_KEY, secret, "", false),
        new S3Settings.Writing(
            PART,
            "STANDARD",
            Map.of(),
            Map.of("written-by", "vivace"),
            "",
            new S3Settings.Encryption("", "", "")),
        null);
  }

  private static S3Client client(S3Settings settings) {
    return S3Clients.of(settings, StoreObserver.none(), Clock.systemUTC(), name -> null);
  }

  private static RemoteCalls calls(String bucket) {
    return new RemoteCalls(
        "s3 bucket " + bucket,
        new RetryPolicy(2, Duration.ofMillis(1), Duration.ofMillis(1)),
        Clock.systemUTC(),
        time -> {},
        new SplittableRandom(1),
        StoreObserver.none());
  }

  private S3ObjectStore store(String bucket, String secret) {
    S3Settings settings = settings(bucket, secret);
    S3ObjectStore store = new S3ObjectStore(client(settings), settings, calls(bucket));
    open = store;
    return store;
  }

  @Override
  protected int sizeOfSeveralParts() {
    return 2 * PART + 123;
  }

  @Override
  protected boolean writesConditionally() {
    return true;
  }

  @Test
  void findsItsBucket() throws IOException {
    server().createBucket("present");
    store("present", S3Server.SECRET_KEY).check();
  }

  @Test
  void saysThatTheBucketIsMissing() {
    assertThatThrownBy(() -> store("absent", S3Server.SECRET_KEY).check())
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("s3 bucket absent: list the bucket: 404 NoSuchBucket");
  }

  @Test
  void saysThatTheKeyIsWrong() throws IOException {
    server().createBucket("locked");
    assertThatThrownBy(() -> store("locked", "wrong").read("tenant/object"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("s3 bucket locked: read tenant/object: 403");
  }

  @Test
  void leavesNoUploadBehindThatFailed() throws IOException {
    server().createBucket("aborted");
    S3Settings settings = settings("aborted", S3Server.SECRET_KEY);
    Path file = Files.write(folder.resolve("large"), new byte[2 * PART + 1]);
    try (S3Client client = client(settings)) {
      DelegatingS3Client breaking =
          new DelegatingS3Client(client) {
            @Override
            public UploadPartResponse uploadPart(UploadPartRequest request, RequestBody body) {
              if (request.partNumber() == 2) {
                throw SdkClientException.create("sending", new IOException("Broken pipe"));
              }
              return super.uploadPart(request, body);
            }
          };
      ObjectStore store = new S3ObjectStore(breaking, settings, calls("aborted"));
      assertThatThrownBy(() -> store.write("object", file))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("write part 2 of object (attempt 2)");
      assertThat(store.list("")).isEmpty();
      assertThat(client.listMultipartUploads(r -> r.bucket("aborted")).uploads()).isEmpty();
    }
  }
}
