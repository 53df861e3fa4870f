package io.vivace.storage;

import io.vivace.block.BlockMeta;
import io.vivace.block.DedicatedColumn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;

/// Metas with everything that a meta may have.
public final class Metas {
  private static final List<String> TENANTS = List.of("single-tenant", "a b", "日本", "x|y");

  private Metas() {}

  /// A meta of a tenant.
  public static BlockMeta random(RandomGenerator random, String tenant) {
    List<DedicatedColumn> columns = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      columns.add(
          new DedicatedColumn(
              random.nextBoolean() ? "span" : "resource",
              "key \"<&>" + random.nextInt(100),
              random.nextInt(4) == 0 ? "int" : "string",
              random.nextInt(4) == 0 ? List.of("array", "blob") : List.of()));
    }
    return new BlockMeta(
        random.nextBoolean() ? "vParquet4" : "vParquet3",
        new UUID(random.nextLong(), random.nextLong()),
        tenant,
        time(random),
        time(random),
        random.nextLong(1L << random.nextInt(1, 63)),
        random.nextLong(1L << random.nextInt(1, 63)),
        random.nextLong(1L << 32),
        random.nextBoolean() ? "none" : "s2",
        random.nextLong(1L << 32),
        random.nextLong(1L << 32),
        random.nextBoolean() ? "" : "v2",
        random.nextLong(1L << 32),
        random.nextLong(1L << 32),
        columns,
        random.nextInt(3));
  }

  /// A tenant's name.
  public static String tenant(RandomGenerator random) {
    return TENANTS.get(random.nextInt(TENANTS.size()));
  }

  /// A time, with or without a fraction, or none.
  public static Instant time(RandomGenerator random) {
    return switch (random.nextInt(4)) {
      case 0 -> BlockMeta.NO_TIME;
      case 1 -> Instant.ofEpochSecond(random.nextLong(4_000_000_000L));
      case 2 -> Instant.ofEpochSecond(random.nextLong(4_000_000_000L), 120_000_000);
      default -> Instant.ofEpochSecond(random.nextLong(4_000_000_000L), random.nextInt(1 << 29));
    };
  }
}
