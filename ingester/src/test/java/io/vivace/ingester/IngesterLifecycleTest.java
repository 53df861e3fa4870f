package io.vivace.ingester;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vivace.ingester.log.AppendLog;
import io.vivace.search.Searchable;
import io.vivace.service.config.ConfigLoader;
import io.vivace.service.lifecycle.Readiness;
import io.vivace.service.overrides.FileOverrides;
import io.vivace.service.tenant.Tenants;
import io.vivace.testkit.ManualClock;
import io.vivace.testkit.Traces;
import io.vivace.wire.TraceId;
import io.vivace.wire.tempopb.PushBytesRequest;
import io.vivace.wire.tempopb.PusherGrpc;
import io.vivace.wire.tempopb.QuerierGrpc;
import io.vivace.wire.tempopb.SearchRequest;
import io.vivace.wire.tempopb.Trace;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An ingester whose replay waits until the test lets it go on.
class IngesterLifecycleTest {
  @TempDir Path folder;
  private final Readiness readiness = new Readiness();
  private final SlowDisk disk = new SlowDisk();
  private final AtomicReference<String> ended = new AtomicReference<>("");
  private AppendLog log;
  private IngesterLifecycle lifecycle;
  private Server server;
  private ManagedChannel channel;

  @BeforeEach
  void serve() throws Exception {
    log = new AppendLog(folder.resolve("log"), false, 1 << 20, 1 << 24);
    Ingester ingester =
        new Ingester(
            folder.resolve("log"),
            new IngesterSettings(
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                Duration.ofMinutes(30),
                1 << 30,
                Duration.ofMinutes(15)),
            tenant -> new TenantLimits(0, 0),
            log,
            disk,
            new ManualClock(Instant.parse("2026-11-24T12:30:00Z")));
    IngesterMetrics metrics = new IngesterMetrics(new SimpleMeterRegistry());
    lifecycle =
        new IngesterLifecycle(
            ingester,
            log,
            metrics,
            readiness,
            Duration.ofMinutes(10),
            false,
            (reason, code) -> ended.set(reason + " " + code));
    FileOverrides overrides =
        new FileOverrides(ConfigLoader.defaults().overrides().defaults(), null, false, null);
    String name = InProcessServerBuilder.generateName();
    server =
        InProcessServerBuilder.forName(name)
            .directExecutor()
            .addService(new PusherService(ingester, lifecycle::accepting, () -> false, metrics))
            .addService(new RecentQueryService(ingester, lifecycle::replayed, overrides))
            .intercept(new OneTenant())
            .build()
            .start();
    channel = InProcessChannelBuilder.forName(name).directExecutor().build();
  }

  @AfterEach
  void stop() {
    disk.go.countDown();
    lifecycle.stop();
    channel.shutdownNow();
    server.shutdownNow();
  }

  @Test
  void refusesPushesAndQueriesUntilItsLogIsReplayed() {
    lifecycle.start();
    assertThat(readiness.modules()).containsEntry("ingester", Readiness.State.STARTING);
    assertThatThrownBy(this::push).hasMessageStartingWith("UNAVAILABLE: Ingester is starting");
    assertThatThrownBy(this::search).hasMessageStartingWith("UNAVAILABLE: Ingester is starting");

    disk.go.countDown();
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> readiness.modules().get("ingester") == Readiness.State.RUNNING);
    push();
    assertThat(search()).isZero();
  }

  @Test
  void endsTheProcessWhenTheLogCannotBeReplayed() {
    disk.broken = true;
    disk.go.countDown();
    lifecycle.start();
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> ended.get().equals("ingester: append log not replayed 1"));
    assertThat(readiness.failures()).containsEntry("ingester", "disk: broken");
  }

  @Test
  void endsTheProcessAfterAShutdownRequest() {
    disk.go.countDown();
    lifecycle.start();
    await().atMost(Duration.ofMinutes(1)).until(lifecycle::replayed);
    lifecycle.shutdown();
    await().atMost(Duration.ofMinutes(1)).until(() -> ended.get().equals("/shutdown 0"));
    assertThatThrownBy(this::push).isInstanceOf(StatusRuntimeException.class);
  }

  @Test
  void flushesAgainUntilItSucceedsBeforeAShutdownEnds() {
    disk.go.countDown();
    disk.failures.set(2);
    lifecycle.start();
    await().atMost(Duration.ofMinutes(1)).until(lifecycle::replayed);
    TraceId id = TraceId.ofHex("01");
    PusherGrpc.newBlockingStub(channel)
        .pushBytesV2(
            PushBytesRequest.newBuilder()
                .addIds(ByteString.copyFrom(id.toBytes()))
                .addTraces(Traces.trace(id, "shop", 1, 1).toByteString())
                .build());
    lifecycle.shutdown();
    await().atMost(Duration.ofMinutes(1)).until(() -> ended.get().equals("/shutdown 0"));
    assertThat(disk.failures).hasNegativeValue();
  }

  private void push() {
    PusherGrpc.newBlockingStub(channel).pushBytesV2(PushBytesRequest.getDefaultInstance());
  }

  private int search() {
    return QuerierGrpc.newBlockingStub(channel)
        .searchRecent(SearchRequest.newBuilder().setQuery("{}").setLimit(1).build())
        .getTracesCount();
  }

  /// A disk that is asked for its tenants first, and takes its time.
  private static final class SlowDisk implements LocalBlocks {
    final CountDownLatch go = new CountDownLatch(1);
    final AtomicInteger failures = new AtomicInteger();
    volatile boolean broken;

    @Override
    public Set<String> tenants() throws IOException {
      try {
        go.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      if (broken) {
        throw new IOException("disk: broken");
      }
      return Set.of();
    }

    @Override
    public LocalBlock write(String tenant, List<Map.Entry<TraceId, Supplier<Trace>>> traces)
        throws IOException {
      if (failures.getAndDecrement() > 0) {
        throw new IOException("disk: full");
      }
      return new FlushedBlock();
    }

    @Override
    public List<LocalBlock> reopen(String tenant) {
      return List.of();
    }
  }

  private static final class FlushedBlock implements LocalBlock {
    private final UUID id = UUID.randomUUID();
    private @Nullable Instant flushed;

    @Override
    public UUID id() {
      return id;
    }

    @Override
    public @Nullable Instant flushed() {
      return flushed;
    }

    @Override
    public Optional<Trace> find(TraceId traceId) {
      return Optional.empty();
    }

    @Override
    public Searchable searchable() {
      throw new UnsupportedOperationException("nobody searches");
    }

    @Override
    public void flush(Instant now) {
      flushed = now;
    }

    @Override
    public void delete() {}
  }

  private static final class OneTenant implements ServerInterceptor {
    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
      Context context = Context.current().withValue(Tenants.CURRENT, Tenants.SINGLE_TENANT);
      return Contexts.interceptCall(context, call, headers, next);
    }
  }
}
