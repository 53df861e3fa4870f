package io.vivace.ingester;

import io.micrometer.core.instrument.MeterRegistry;
import io.vivace.block.BlockOptions;
import io.vivace.block.DedicatedColumn;
import io.vivace.ingester.log.AppendLog;
import io.vivace.ring.Ring;
import io.vivace.service.config.IngesterConfig;
import io.vivace.service.config.Limits;
import io.vivace.service.config.StorageConfig;
import io.vivace.service.config.TempoConfig;
import io.vivace.service.grpc.InternalGrpcService;
import io.vivace.service.launch.Shutdown;
import io.vivace.service.lifecycle.Readiness;
import io.vivace.service.overrides.Overrides;
import io.vivace.service.ring.IngesterLife;
import io.vivace.service.storage.StorageConfiguration;
import io.vivace.storage.BlockStore;
import io.vivace.storage.LocalObjectStore;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/// The beans of the ingester; imported by the launcher.
@Configuration(proxyBeanMethods = false)
@Import(StorageConfiguration.class)
public class IngesterConfiguration {
  private static final long LOG_FILE_BYTES = 64L << 20;
  private static final long MAX_WAITING_BYTES = 128L << 20;

  /// Tempo's row group size is its own estimate of the traces in memory; files are about a third.
  private static final long ROW_GROUP_ESTIMATE = 3;

  /// The part of the heap that a head block may take, however large blocks may be.
  private static final long HEAD_BLOCK_PART = 8;

  @Bean(destroyMethod = "")
  AppendLog appendLog(TempoConfig config) throws IOException {
    return new AppendLog(
        logFolder(config),
        !config.storage().trace().wal().fsync().equals("none"),
        LOG_FILE_BYTES,
        MAX_WAITING_BYTES);
  }

  private static Path logFolder(TempoConfig config) {
    return Path.of(config.storage().trace().wal().path(), "log");
  }

  @Bean
  IngesterMetrics ingesterMetrics(MeterRegistry registry) {
    return new IngesterMetrics(registry);
  }

  @Bean
  LocalBlocks localBlocks(
      TempoConfig config, BlockStore blockStore, Overrides overrides, MeterRegistry registry) {
    StorageConfig.TraceStorageConfig trace = config.storage().trace();
    Path wal = Path.of(trace.wal().path());
    BlockOptions options =
        new BlockOptions(
            Math.max(1, trace.block().parquetRowGroupSizeBytes() / ROW_GROUP_ESTIMATE),
            BlockOptions.DEFAULT.codec(),
            trace.block().bloomFilterFalsePositive(),
            trace.block().bloomFilterShardSizeBytes());
    LocalBlocks blocks =
        new StoredLocalBlocks(
            new BlockStore(new LocalObjectStore(wal.resolve("blocks"))),
            blockStore,
            wal.resolve("scratch"),
            options,
            tenant -> dedicatedColumns(overrides.limits(tenant), trace.block()),
            UUID::randomUUID);
    return new InspectedLocalBlocks(blocks, new TraceWarnings(registry));
  }

  private static List<DedicatedColumn> dedicatedColumns(
      Limits limits, StorageConfig.BlockConfig block) {
    List<StorageConfig.DedicatedColumnConfig> own = limits.storage().parquetDedicatedColumns();
    List<StorageConfig.DedicatedColumnConfig> columns =
        own.isEmpty() ? block.parquetDedicatedColumns() : own;
    return columns.stream().map(IngesterConfiguration::dedicatedColumn).toList();
  }

  private static DedicatedColumn dedicatedColumn(StorageConfig.DedicatedColumnConfig column) {
    return new DedicatedColumn(column.scope(), column.name(), column.type(), List.of());
  }

  @Bean
  Ingester ingester(
      TempoConfig config,
      AppendLog log,
      LocalBlocks localBlocks,
      Overrides overrides,
      Ring ingesterRing,
      Clock clock) {
    IngesterConfig section = config.ingester();
    return new Ingester(
        logFolder(config),
        new IngesterSettings(
            section.traceIdlePeriod(),
            section.traceLivePeriod(),
            section.maxBlockDuration(),
            Math.min(section.maxBlockBytes(), Runtime.getRuntime().maxMemory() / HEAD_BLOCK_PART),
            section.completeBlockTimeout()),
        tenant -> limits(overrides.limits(tenant), ingesterRing),
        log,
        localBlocks,
        clock);
  }

  private static TenantLimits limits(Limits limits, Ring ring) {
    return new TenantLimits(
        LiveTraceLimit.of(
            limits.ingestion().maxTracesPerUser(),
            limits.ingestion().maxGlobalTracesPerUser(),
            ring.view()),
        limits.global().maxBytesPerTrace());
  }

  @Bean
  IngesterLifecycle ingesterLifecycle(
      TempoConfig config,
      Ingester ingester,
      AppendLog log,
      IngesterMetrics metrics,
      Readiness readiness,
      Shutdown shutdown) {
    return new IngesterLifecycle(
        ingester,
        log,
        metrics,
        readiness,
        config.ingester().flushCheckPeriod(),
        config.ingester().flushAllOnShutdown(),
        shutdown);
  }

  @Bean
  DiskWatch diskWatch(TempoConfig config) {
    Path folder = Path.of(config.storage().trace().wal().path());
    return new DiskWatch(() -> {
      FileStore store = Files.getFileStore(folder);
      // as df counts: what is kept for root is no room
      double used = (double) (store.getTotalSpace() - store.getUnallocatedSpace());
      double room = used + store.getUsableSpace();
      return room == 0 ? 0 : used / room;
    });
  }

  @Bean
  IngesterInRing ingesterInRing(
      IngesterLife life, IngesterLifecycle lifecycle, DiskWatch diskWatch, Readiness readiness) {
    return new IngesterInRing(life.life().orElse(null), lifecycle, diskWatch, readiness);
  }

  @Bean
  InternalGrpcService pusherService(
      Ingester ingester,
      IngesterLifecycle lifecycle,
      DiskWatch diskWatch,
      IngesterMetrics metrics) {
    return new InternalGrpcService(
        new PusherService(ingester, lifecycle::accepting, diskWatch::isCritical, metrics)
            .bindService());
  }

  @Bean
  InternalGrpcService recentQueryService(
      Ingester ingester, IngesterLifecycle lifecycle, Overrides overrides) {
    return new InternalGrpcService(
        new RecentQueryService(ingester, lifecycle::replayed, overrides).bindService());
  }

  @Bean
  RouterFunction<ServerResponse> ingesterRoutes(
      Ingester ingester, IngesterLifecycle lifecycle, IngesterInRing inRing) {
    return RouterFunctions.route()
        .path(
            "/flush",
            routes -> routes.route(request -> true, request -> flush(request, ingester, lifecycle)))
        .path(
            "/shutdown",
            routes ->
                routes.route(
                    request -> true,
                    request -> {
                      inRing.shutdown();
                      return ServerResponse.ok().body("shutdown job acknowledged");
                    }))
        .build();
  }

  private static ServerResponse flush(
      ServerRequest request, Ingester ingester, IngesterLifecycle lifecycle) {
    String tenant = request.param("tenant").orElse("");
    Set<String> known = ingester.tenants().keySet();
    if (!tenant.isEmpty() && !known.contains(tenant)) {
      return ServerResponse.status(HttpStatus.NOT_FOUND).build();
    }
    lifecycle.flush(tenant.isEmpty() ? known : Set.of(tenant));
    return ServerResponse.noContent().build();
  }
}
