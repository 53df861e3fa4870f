package io.vivace.storage.cache;

import io.vivace.block.BlockMeta;
import io.vivace.block.BlockReader;
import io.vivace.block.RangeReader;
import io.vivace.storage.BlockStore;
import io.vivace.storage.ObjectRangeReader;
import io.vivace.storage.ObjectStore;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Opens blocks so that what queries read again and again comes from caches. Compaction reads
/// everything once and does not use them.
///
/// Keys are Tempo's: `tenant:block:name`, for ranges `tenant:block:data.parquet:offset:length`.
public final class BlockCaches implements AutoCloseable {
  /// Larger ranges are not cached: Tempo's `search.read_buffer_size_bytes`.
  private static final int MAX_PAGE_BYTES = 1 << 20;

  private final ObjectStore objects;
  private final Cache local;
  private final Map<CacheRole, Cache> shared = new EnumMap<>(CacheRole.class);
  private final BloomRules bloomRules;
  private final Clock clock;

  /// Which bloom filters go into the shared cache.
  ///
  /// @param maxCompactionLevel highest level of their blocks; 0 for any. The key is called
  ///   `cache_min_compaction_level`, but this is what it does
  /// @param maxBlockAge highest age of their blocks; 0 for any
  public record BloomRules(long maxCompactionLevel, Duration maxBlockAge) {}

  /// @param local holds bloom filters and indexes in this process
  /// @param shared caches by what they hold
  public BlockCaches(
      ObjectStore objects,
      Cache local,
      Map<CacheRole, Cache> shared,
      BloomRules bloomRules,
      Clock clock) {
    this.objects = objects;
    this.local = local;
    this.shared.putAll(shared);
    this.bloomRules = bloomRules;
    this.clock = clock;
  }

  /// The shared cache for a role; one that holds nothing when none is configured.
  public Cache shared(CacheRole role) {
    return shared.getOrDefault(role, Cache.none());
  }

  /// Opens a block for queries.
  public BlockReader open(BlockMeta meta) throws IOException {
    String data = BlockStore.name(meta.tenantId(), meta.blockId(), BlockStore.DATA);
    RangeReader ranges =
        new CachedRanges(new ObjectRangeReader(objects, data, meta.size()), key(data));
    Cache bloom = sharesBloom(meta) ? shared(CacheRole.BLOOM) : Cache.none();
    return BlockReader.open(
        meta,
        ranges,
        shard -> {
          String name = BlockStore.name(meta.tenantId(), meta.blockId(), BlockStore.bloom(shard));
          return through(key(name), bloom, local, -1, () -> objects.read(name));
        });
  }

  private boolean sharesBloom(BlockMeta meta) {
    long level = bloomRules.maxCompactionLevel();
    Duration age = bloomRules.maxBlockAge();
    return (level <= 0 || meta.compactionLevel() <= level)
        && (!age.isPositive() || !meta.startTime().plus(age).isBefore(clock.instant()));
  }

  private static String key(String object) {
    return object.replace('/', ':');
  }

  private interface Source {
    byte[] read() throws IOException;
  }

  /// @param length that the value must have; -1 for any
  private static byte[] through(String key, Cache shared, Cache local, int length, Source source)
      throws IOException {
    byte[] near = local.get(key);
    if (near != null) {
      return near;
    }
    byte[] far = shared.get(key);
    if (far != null && (length < 0 || far.length == length)) {
      local.put(key, far);
      return far;
    }
    byte[] read = source.read();
    local.put(key, read);
    shared.put(key, read);
    return read;
  }

  private final class CachedRanges implements RangeReader {
    private final RangeReader ranges;
    private final String key;

    CachedRanges(RangeReader ranges, String key) {
      this.ranges = ranges;
      this.key = key;
    }

    @Override
    public byte[] read(long offset, int length) throws IOException {
      return read(Kind.PAGES, offset, length);
    }

    @Override
    public byte[] read(Kind kind, long offset, int length) throws IOException {
      CacheRole role =
          switch (kind) {
            case FOOTER -> CacheRole.PARQUET_FOOTER;
            case COLUMN_INDEX -> CacheRole.PARQUET_COLUMN_IDX;
            case OFFSET_INDEX -> CacheRole.PARQUET_OFFSET_IDX;
            case PAGES -> CacheRole.PARQUET_PAGE;
          };
      // footers stay with their open blocks, pages are many
      boolean isIndex = kind == Kind.COLUMN_INDEX || kind == Kind.OFFSET_INDEX;
      Cache near = isIndex ? local : Cache.none();
      @Nullable Cache far = shared.get(role);
      if (far == null && !isIndex || kind == Kind.PAGES && length > MAX_PAGE_BYTES) {
        return ranges.read(kind, offset, length);
      }
      return through(
          key + ":" + offset + ":" + length,
          far == null ? Cache.none() : far,
          near,
          length,
          () -> ranges.read(kind, offset, length));
    }

    @Override
    public long size() throws IOException {
      return ranges.size();
    }
  }

  @Override
  public void close() {
    shared.values().stream().distinct().forEach(Cache::close);
  }
}
