package io.vivace.compactor;

import io.vivace.block.BlockMeta;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Chooses which blocks of a tenant are merged next (spec: choosing blocks).
///
/// Blocks whose window lies within the last day merge within a level, lowest level and youngest
/// window first; older windows merge everything. A group is two to four blocks of the same format,
/// columns and replication factor that together stay within the limits.
final class BlockSelector {
  private static final int MIN_BLOCKS = 2;
  private static final int MAX_BLOCKS = 4;
  private static final long ACTIVE_SECONDS = 24 * 3600;

  private BlockSelector() {}

  /// What to merge, in order; no block is in two jobs.
  static List<CompactionJob> select(
      List<BlockMeta> blocks, CompactionSettings settings, Instant now) {
    long window = Math.max(1, settings.window().toSeconds());
    long current = now.getEpochSecond() / window;
    long activeWindows = ACTIVE_SECONDS / window;
    Map<String, List<BlockMeta>> groups = new TreeMap<>();
    for (BlockMeta block : blocks) {
      long age = current - block.endTime().getEpochSecond() / window;
      if (!block.format().equals(BlockMeta.VPARQUET4) || age == activeWindows) {
        continue;
      }
      groups
          .computeIfAbsent(key(block, age, age < activeWindows), key -> new ArrayList<>())
          .add(block);
    }
    List<CompactionJob> selected = new ArrayList<>();
    for (List<BlockMeta> group : groups.values()) {
      group.sort(
          Comparator.comparingLong(BlockMeta::compactionLevel)
              .thenComparingLong(BlockMeta::totalObjects)
              .thenComparing(BlockMeta::blockId));
      String hash = hash(group.getFirst(), window, current, activeWindows);
      runs(group, settings).forEach(run -> selected.add(new CompactionJob(hash, run)));
    }
    return selected;
  }

  /// `tenant-level-window-replication factor`, without the level for older windows.
  private static String hash(BlockMeta block, long window, long current, long activeWindows) {
    long number = block.endTime().getEpochSecond() / window;
    String level = current - number < activeWindows ? block.compactionLevel() + "-" : "";
    return block.tenantId() + "-" + level + number + "-" + block.replicationFactor();
  }

  private static String key(BlockMeta block, long age, boolean isActive) {
    String level = isActive ? "A-%020d".formatted(block.compactionLevel()) : "B";
    return "%s-%020d-%d-%016x"
        .formatted(
            level, Math.max(0, age), block.replicationFactor(), block.dedicatedColumnsHash());
  }

  private static List<List<BlockMeta>> runs(List<BlockMeta> group, CompactionSettings settings) {
    List<List<BlockMeta>> runs = new ArrayList<>();
    List<BlockMeta> run = new ArrayList<>();
    long objects = 0;
    long bytes = 0;
    for (BlockMeta block : group) {
      boolean fits =
          run.size() < MAX_BLOCKS
              && objects + block.totalObjects() <= settings.maxObjects()
              && bytes + block.size() <= settings.maxBlockBytes();
      if (!fits) {
        add(run, runs);
        run = new ArrayList<>();
        objects = 0;
        bytes = 0;
      }
      run.add(block);
      objects += block.totalObjects();
      bytes += block.size();
    }
    add(run, runs);
    return runs;
  }

  private static void add(List<BlockMeta> run, List<List<BlockMeta>> runs) {
    if (run.size() >= MIN_BLOCKS) {
      runs.add(run);
    }
  }
}
