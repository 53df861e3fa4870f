package io.vivace.storage.cache;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// A shared cache in the test: answers, fails, or never answers.
final class FakeRemote implements RemoteCache {
  enum Mode {
    ANSWERS,
    FAILS,
    IS_SILENT,
    THROWS
  }

  final Map<String, byte[]> values = new ConcurrentHashMap<>();
  final AtomicInteger requests = new AtomicInteger();
  volatile Mode mode = Mode.ANSWERS;

  @Override
  public String server(String key) {
    return key.startsWith("other") ? "other" : "first";
  }

  @Override
  public boolean takes(String key) {
    return !key.contains(" ");
  }

  @Override
  public CompletionStage<Optional<byte[]>> get(String key) {
    return answer(Optional.ofNullable(values.get(key)));
  }

  @Override
  public CompletionStage<?> set(String key, byte[] value) {
    if (mode == Mode.ANSWERS) {
      values.put(key, value);
    }
    return answer(Optional.of(value));
  }

  private CompletionStage<Optional<byte[]>> answer(Optional<byte[]> value) {
    requests.incrementAndGet();
    return switch (mode) {
      case ANSWERS -> CompletableFuture.completedFuture(value);
      case FAILS -> CompletableFuture.failedFuture(new IllegalStateException("told to fail"));
      case IS_SILENT -> new CompletableFuture<>();
      case THROWS -> throw new IllegalStateException("told to throw");
    };
  }

  @Override
  public void close() {}
}
