package io.vivace.storage.cache;

import com.spotify.folsom.AsciiMemcacheClient;
import com.spotify.folsom.MemcacheClientBuilder;
import com.spotify.folsom.MemcacheStatus;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Values on memcached servers. Their addresses are looked up again and again.
final class MemcachedCache implements RemoteCache {
  private static final Logger LOG = LoggerFactory.getLogger(MemcachedCache.class);

  /// Memcached's limit.
  private static final int MAX_KEY = 250;

  private static final int MAX_OUTSTANDING = 1000;

  /// Milliseconds without an answer after which a connection is made anew, at least.
  private static final long LEAST_CONNECTION_TIMEOUT = 500;

  private final MemcachedSettings settings;
  private final ServerAddresses addresses;
  private final ServerSelector selector;
  private final ScheduledExecutorService refresher =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("memcached-addresses").daemon().factory());
  private volatile List<Server> servers = List.of();

  private record Server(String address, AsciiMemcacheClient<byte[]> client) {}

  MemcachedCache(MemcachedSettings settings, ServerAddresses.Lookup lookup) {
    this.settings = settings;
    this.addresses =
        ServerAddresses.of(settings.addresses(), settings.host(), settings.service(), lookup);
    this.selector = settings.isConsistent() ? ServerSelector.CONSISTENT : ServerSelector.MODULO;
    long millis = settings.updateInterval().toMillis();
    ScheduledFuture<?> _ =
        refresher.scheduleWithFixedDelay(this::refresh, 0, millis, TimeUnit.MILLISECONDS);
  }

  /// Connects to servers that are new and leaves those that are gone. When no address can be found
  /// the old ones stay.
  private void refresh() {
    List<String> now;
    try {
      now = addresses.resolve();
    } catch (UnknownHostException | RuntimeException e) {
      LOG.warn("msg=\"cannot look up memcached servers, the old ones stay\"", e);
      return;
    }
    Map<String, Server> before = new HashMap<>();
    servers.forEach(server -> before.put(server.address(), server));
    List<Server> after = new ArrayList<>();
    for (String address : now) {
      Server known = before.remove(address);
      try {
        after.add(known == null ? new Server(address, connect(address)) : known);
      } catch (RuntimeException e) {
        LOG.warn("msg=\"cannot use memcached server\" address={}", address, e);
      }
    }
    servers = List.copyOf(after);
    before.values().forEach(server -> server.client().shutdown());
  }

  private AsciiMemcacheClient<byte[]> connect(String address) {
    InetSocketAddress server = ServerAddresses.parse(address);
    return MemcacheClientBuilder.newByteArrayClient()
        .withAddress(server.getHostString(), server.getPort())
        .withKeyCharset(StandardCharsets.UTF_8)
        .withConnections(settings.connections())
        .withMaxOutstandingRequests(MAX_OUTSTANDING)
        .withConnectionTimeoutMillis(
            Math.max(LEAST_CONNECTION_TIMEOUT, settings.timeout().toMillis() * 2))
        .withReplyExecutor(Runnable::run)
        .withBackoff(MemcachedCache::reconnectMillis)
        .connectAscii();
  }

  /// Doubled from 10 ms to a second.
  private static long reconnectMillis(int attempt) {
    return Math.min(1000, 10L << Math.min(attempt, 7));
  }

  /// How many servers there are.
  int servers() {
    return servers.size();
  }

  @Override
  public boolean takes(String key) {
    if (key.length() > MAX_KEY) {
      return false;
    }
    for (int i = 0; i < key.length(); i++) {
      char c = key.charAt(i);
      if (c <= ' ' || c >= 0x7f) {
        return false;
      }
    }
    return true;
  }

  @Override
  public CompletionStage<Optional<byte[]>> get(String key) {
    AsciiMemcacheClient<byte[]> client = client(key);
    return client == null
        ? CompletableFuture.failedFuture(new IOException("memcached: no server (expected: one)"))
        : client.get(key).thenApply(Optional::ofNullable);
  }

  @Override
  public CompletionStage<?> set(String key, byte[] value) {
    AsciiMemcacheClient<byte[]> client = client(key);
    if (client == null) {
      return CompletableFuture.failedFuture(
          new IOException("memcached: no server (expected: one)"));
    }
    int seconds = (int) Math.min(Integer.MAX_VALUE, settings.ttl().toSeconds());
    return client.set(key, value, seconds).thenApply(MemcachedCache::check);
  }

  /// Values that a server has no room for are no failure.
  private static MemcacheStatus check(MemcacheStatus status) {
    return switch (status) {
      case OK, KEY_EXISTS, VALUE_TOO_LARGE, ITEM_NOT_STORED, OUT_OF_MEMORY -> status;
      default -> throw new IllegalStateException("memcached: " + status + " (expected: OK)");
    };
  }

  @Override
  public String server(String key) {
    Server server = of(key);
    return server == null ? "" : server.address();
  }

  private @Nullable AsciiMemcacheClient<byte[]> client(String key) {
    Server server = of(key);
    return server == null ? null : server.client();
  }

  private @Nullable Server of(String key) {
    List<Server> now = servers;
    return now.isEmpty() ? null : now.get(selector.select(key, now.size()));
  }

  @Override
  public void close() {
    refresher.shutdownNow();
    servers.forEach(server -> server.client().shutdown());
  }
}
