package io.vivace.storage.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Caches on real servers, which the test starts: Debian's packages memcached and redis-server.
@Tag("slow")
class RealCachesTest {
  private static final Path MEMCACHED = Path.of("/usr/bin/memcached");
  private static final Path REDIS = Path.of("/usr/bin/redis-server");

  private final List<Process> processes = new ArrayList<>();
  private final CountingEvents events = new CountingEvents();

  @AfterEach
  void stop() throws InterruptedException {
    for (Process process : processes) {
      process.destroyForcibly();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void keepsValuesInMemcachedWhateverHappensToIt() throws Exception {
    assumeTrue(Files.isExecutable(MEMCACHED), "SKIPPED: install memcached to run this test");
    int port = freePort();
    startMemcached(port);
    int other = freePort();
    startMemcached(other);
    MemcachedSettings settings =
        new MemcachedSettings(
            "127.0.0.1:" + port + ",127.0.0.1:" + other,
            "",
            "",
            Duration.ofSeconds(2),
            2,
            Duration.ZERO,
            true,
            Duration.ofHours(1));
    try (Cache cache = Caches.memcached("test", settings, guard(), events, System::nanoTime)) {
      Eventually.until("two servers", () -> events.servers.getAsInt() == 2);
      fillAndRead(cache);
      // larger than the server takes: not stored, no failure
      int failed = events.failed.get();
      cache.put("large", new byte[2 << 20]);
      Eventually.until("the write has ended", () -> events.queue.getAsInt() == 0);
      assertThat(cache.get("large")).isNull();
      assertThat(events.failed).hasValue(failed);
      survives(cache, () -> startMemcached(port));
    }
  }

  @Test
  void keepsValuesInRedisWhateverHappensToIt() throws Exception {
    assumeTrue(Files.isExecutable(REDIS), "SKIPPED: install redis-server to run this test");
    int port = freePort();
    startRedis(port);
    RedisSettings settings =
        new RedisSettings(
            "127.0.0.1:" + port,
            "",
            Duration.ofSeconds(2),
            0,
            "",
            "secret",
            "",
            "",
            false,
            false,
            Duration.ofHours(1));
    try (Cache cache = Caches.redis("test", settings, guard(), events, System::nanoTime)) {
      fillAndRead(cache);
      survives(cache, () -> startRedis(port));
    }
  }

  @Test
  void startsWithoutAnyServer() throws Exception {
    String nobody = "127.0.0.1:" + freePort();
    MemcachedSettings memcached =
        new MemcachedSettings(
            nobody, "", "", Duration.ofMillis(100), 1, Duration.ZERO, false, Duration.ZERO);
    RedisSettings redis =
        new RedisSettings(
            nobody, "", Duration.ofMillis(100), 0, "", "", "", "", false, false, Duration.ZERO);
    try (Cache first = Caches.memcached("m", memcached, guard(), events, System::nanoTime);
        Cache second = Caches.redis("r", redis, guard(), events, System::nanoTime)) {
      for (int i = 0; i < 100; i++) {
        assertThat(first.get("key")).isNull();
        assertThat(second.get("key")).isNull();
        first.put("key", new byte[1]);
        second.put("key", new byte[1]);
      }
    }
    assertThat(events.failed.get()).isPositive();
  }

  private void fillAndRead(Cache cache) {
    SplittableRandom random = new SplittableRandom(1);
    Eventually.until(
        "a first answer",
        () -> {
          Object _ = cache.get("first");
          return events.misses.get() > 0;
        });
    List<byte[]> values = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      byte[] value = new byte[random.nextInt(i == 7 ? 900_000 : 1, 900_001)];
      random.nextBytes(value);
      values.add(value);
      cache.put("tenant:block:data.parquet:" + i + ":" + value.length, value);
    }
    Eventually.until("all are written", () -> events.written.get() >= 50);
    for (int i = 0; i < values.size(); i++) {
      assertThat(cache.get("tenant:block:data.parquet:" + i + ":" + values.get(i).length))
          .as("value %d", i)
          .isEqualTo(values.get(i));
    }
    assertThat(cache.get("tenant:block:absent")).isNull();
  }

  private interface Start {
    void run() throws IOException, InterruptedException;
  }

  /// A server that is gone costs a few failures; when it comes back it is used again.
  private void survives(Cache cache, Start start) throws IOException, InterruptedException {
    for (Process process : processes) {
      process.destroyForcibly();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
    for (int i = 0; i < 200; i++) {
      Object _ = cache.get("some key " + i);
      Object _ = cache.get("key" + i);
    }
    assertThat(events.failed.get()).isPositive();
    start.run();
    int hits = events.hits.get();
    Eventually.until(
        "values are kept again",
        () -> {
          for (int i = 0; i < 4; i++) {
            cache.put("again" + i, new byte[] {1});
            Object _ = cache.get("again" + i);
          }
          return events.hits.get() > hits;
        });
  }

  private static GuardSettings guard() {
    return new GuardSettings(
        Duration.ofSeconds(2), 3, Duration.ofMillis(50), Duration.ZERO, 4, 1000, 64 << 20, 0);
  }

  private void startMemcached(int port) throws IOException {
    start(MEMCACHED.toString(), "-l", "127.0.0.1", "-p", "" + port, "-U", "0", "-u", "root");
  }

  private void startRedis(int port) throws IOException {
    start(
        REDIS.toString(),
        "--bind",
        "127.0.0.1",
        "--port",
        "" + port,
        "--requirepass",
        "secret",
        "--save",
        "",
        "--appendonly",
        "no");
  }

  private void start(String... command) throws IOException {
    processes.add(
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
