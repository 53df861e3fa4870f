package io.vivace.block;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/// What `meta.json` of a block says. Numbers are unsigned 32 bits unless said otherwise.
///
/// @param format version of the block format, such as `vParquet4`
/// @param blockId the block, equal to its folder
/// @param tenantId the tenant, verbatim
/// @param startTime earliest start of a trace, whole seconds
/// @param endTime latest end of a trace, whole seconds
/// @param totalObjects number of traces, 63 bits
/// @param size bytes of `data.parquet`, exact, 63 bits; 0 when not written
/// @param compactionLevel 0 for a fresh block
/// @param encoding compression of the old v2 format, `none` for parquet
/// @param indexPageSize of the old v2 format, 0 for parquet
/// @param totalRecords number of row groups; some writers count one too many
/// @param dataEncoding of the old v2 format, empty for parquet
/// @param bloomShards number of bloom filter files; 0 means 10
/// @param footerSize bytes of the parquet footer
/// @param dedicatedColumns in order
/// @param replicationFactor 0 for copies of several replicas, 1 for blocks without copies
public record BlockMeta(
    String format,
    UUID blockId,
    String tenantId,
    Instant startTime,
    Instant endTime,
    long totalObjects,
    long size,
    long compactionLevel,
    String encoding,
    long indexPageSize,
    long totalRecords,
    String dataEncoding,
    long bloomShards,
    long footerSize,
    List<DedicatedColumn> dedicatedColumns,
    long replicationFactor) {
  /// The format that is written.
  public static final String VPARQUET4 = "vParquet4";

  /// The format before, which is read only.
  public static final String VPARQUET3 = "vParquet3";

  /// The format of Tempo 3.0, which is read only.
  public static final String VPARQUET5 = "vParquet5";

  /// Go's zero time, what an absent time reads as.
  public static final Instant NO_TIME = Instant.parse("0001-01-01T00:00:00Z");

  /// Copies the columns.
  public BlockMeta {
    dedicatedColumns = List.copyOf(dedicatedColumns);
  }

  /// What a block begins with: nothing in it yet.
  public static BlockMeta empty(
      UUID blockId, String tenantId, List<DedicatedColumn> dedicatedColumns) {
    return new BlockMeta(
        VPARQUET4,
        blockId,
        tenantId,
        NO_TIME,
        NO_TIME,
        0,
        0,
        0,
        "none",
        0,
        0,
        "",
        0,
        0,
        dedicatedColumns,
        0);
  }

  /// Parses `meta.json`. Unknown and absent keys are fine.
  ///
  /// @param block name for errors
  /// @throws BlockFormatException when it is no JSON or a value has the wrong type
  public static BlockMeta parse(byte[] json, String block) throws BlockFormatException {
    return BlockMetaJson.parse(json, block);
  }

  /// As [#parse(byte[], String)] for a `meta.json` that is part of a larger text.
  public static BlockMeta parse(JsonNode json, String block) throws BlockFormatException {
    return BlockMetaJson.parse(json, block);
  }

  /// The text of `meta.json`: one line, keys and omissions as Tempo 2.9 writes them.
  public byte[] toJson() {
    return BlockMetaJson.write(this).getBytes(StandardCharsets.UTF_8);
  }

  /// Number of bloom filter files, where 0 stands for 10.
  public int bloomShardCount() {
    return bloomShards == 0 ? 10 : (int) Math.min(bloomShards, Integer.MAX_VALUE);
  }

  /// Hash of the dedicated columns, which groups blocks for compaction.
  public long dedicatedColumnsHash() {
    return DedicatedColumns.hash(dedicatedColumns);
  }

  /// The same block with other times.
  public BlockMeta withTimes(Instant start, Instant end) {
    return new BlockMeta(
        format,
        blockId,
        tenantId,
        start,
        end,
        totalObjects,
        size,
        compactionLevel,
        encoding,
        indexPageSize,
        totalRecords,
        dataEncoding,
        bloomShards,
        footerSize,
        dedicatedColumns,
        replicationFactor);
  }

  /// The same block at another compaction level.
  public BlockMeta withCompactionLevel(long level) {
    return new BlockMeta(
        format,
        blockId,
        tenantId,
        startTime,
        endTime,
        totalObjects,
        size,
        level,
        encoding,
        indexPageSize,
        totalRecords,
        dataEncoding,
        bloomShards,
        footerSize,
        dedicatedColumns,
        replicationFactor);
  }

  /// The same block with another replication factor.
  public BlockMeta withReplicationFactor(long factor) {
    return new BlockMeta(
        format,
        blockId,
        tenantId,
        startTime,
        endTime,
        totalObjects,
        size,
        compactionLevel,
        encoding,
        indexPageSize,
        totalRecords,
        dataEncoding,
        bloomShards,
        footerSize,
        dedicatedColumns,
        factor);
  }

  /// The same block with the numbers of its files.
  BlockMeta withContent(
      long objects,
      long bytes,
      int rowGroups,
      int shards,
      long footer,
      List<DedicatedColumn> used) {
    return new BlockMeta(
        format,
        blockId,
        tenantId,
        startTime,
        endTime,
        objects,
        bytes,
        compactionLevel,
        encoding,
        indexPageSize,
        rowGroups,
        dataEncoding,
        shards,
        footer,
        used,
        replicationFactor);
  }

  /// The exception for a fault of this block.
  BlockFormatException fault(String problem) {
    return new BlockFormatException(tenantId + "/" + blockId, problem);
  }

  /// The exception for a fault of this block that another exception reports.
  IOException fault(RuntimeException cause) {
    return new BlockFormatException(
        tenantId + "/" + blockId, String.valueOf(cause.getMessage()), cause);
  }
}
