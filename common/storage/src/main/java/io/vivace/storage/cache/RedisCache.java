package io.vivace.storage.cache;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SetArgs;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Values in Redis: one server, a cluster, or a group that sentinels watch. The connection is made
/// with the first request and again after it failed.
final class RedisCache implements RemoteCache {
  private static final int MAX_OUTSTANDING = 1000;
  private static final int THREADS = 2;

  private final ClientResources resources =
      DefaultClientResources.builder()
          .ioThreadPoolSize(THREADS)
          .computationThreadPoolSize(THREADS)
          .build();
  private final AbstractRedisClient client;
  private final Connector connector;
  private final SetArgs arguments;
  private @Nullable CompletableFuture<RedisClusterAsyncCommands<byte[], byte[]>> connection;

  private interface Connector {
    CompletableFuture<RedisClusterAsyncCommands<byte[], byte[]>> connect();
  }

  RedisCache(RedisSettings settings) {
    List<RedisURI> uris = uris(settings);
    arguments = settings.ttl().isPositive() ? SetArgs.Builder.px(settings.ttl()) : new SetArgs();
    SocketOptions socket =
        SocketOptions.builder().connectTimeout(settings.timeout().multipliedBy(5)).build();
    if (uris.size() > 1) {
      RedisClusterClient cluster = RedisClusterClient.create(resources, uris);
      cluster.setOptions(
          ClusterClientOptions.builder()
              .socketOptions(socket)
              .requestQueueSize(MAX_OUTSTANDING)
              .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
              .build());
      client = cluster;
      connector =
          () ->
              cluster
                  .connectAsync(ByteArrayCodec.INSTANCE)
                  .toCompletableFuture()
                  .thenApply(connected -> connected.async());
    } else {
      RedisClient single = RedisClient.create(resources);
      single.setOptions(
          ClientOptions.builder()
              .socketOptions(socket)
              .requestQueueSize(MAX_OUTSTANDING)
              .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
              .build());
      client = single;
      connector =
          () ->
              single
                  .connectAsync(ByteArrayCodec.INSTANCE, uris.getFirst())
                  .toCompletableFuture()
                  .thenApply(connected -> connected.async());
    }
  }

  /// One address of a server or of all sentinels, or one for each member of a cluster.
  private static List<RedisURI> uris(RedisSettings settings) {
    List<InetSocketAddress> addresses = new ArrayList<>();
    for (String endpoint : settings.endpoints().split(",", -1)) {
      if (!endpoint.isBlank()) {
        addresses.add(ServerAddresses.parse(endpoint.strip()));
      }
    }
    if (addresses.isEmpty()) {
      throw new IllegalArgumentException("redis: no endpoint (expected: host:port)");
    }
    if (!settings.masterName().isEmpty()) {
      RedisURI.Builder builder = RedisURI.builder().withSentinelMasterId(settings.masterName());
      for (InetSocketAddress address : addresses) {
        RedisURI.Builder sentinel =
            RedisURI.Builder.redis(address.getHostString(), address.getPort());
        authenticate(sentinel, settings.sentinelUsername(), settings.sentinelPassword());
        builder.withSentinel(sentinel.build());
      }
      return List.of(finish(builder, settings));
    }
    return addresses.stream()
        .map(address ->
            finish(RedisURI.Builder.redis(address.getHostString(), address.getPort()), settings))
        .toList();
  }

  private static RedisURI finish(RedisURI.Builder builder, RedisSettings settings) {
    builder
        .withDatabase(settings.db())
        .withTimeout(settings.timeout())
        .withSsl(settings.tls())
        .withVerifyPeer(!settings.trustsAnybody());
    authenticate(builder, settings.username(), settings.password());
    return builder.build();
  }

  private static void authenticate(RedisURI.Builder builder, String user, String password) {
    if (!password.isEmpty()) {
      if (user.isEmpty()) {
        builder.withPassword(password.toCharArray());
      } else {
        builder.withAuthentication(user, password.toCharArray());
      }
    }
  }

  private synchronized CompletableFuture<RedisClusterAsyncCommands<byte[], byte[]>> connection() {
    CompletableFuture<RedisClusterAsyncCommands<byte[], byte[]>> known = connection;
    if (known == null || known.isCompletedExceptionally()) {
      known = connector.connect();
      connection = known;
    }
    return known;
  }

  @Override
  public String server(String key) {
    return "redis";
  }

  @Override
  public boolean takes(String key) {
    return true;
  }

  @Override
  public CompletionStage<Optional<byte[]>> get(String key) {
    byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
    return connection()
        .thenCompose(commands -> commands.get(bytes))
        .thenApply(Optional::ofNullable);
  }

  @Override
  public CompletionStage<?> set(String key, byte[] value) {
    byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
    return connection().thenCompose(commands -> commands.set(bytes, value, arguments));
  }

  @Override
  public void close() {
    client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
    Future<Boolean> _ = resources.shutdown(0, 2, TimeUnit.SECONDS);
  }
}
