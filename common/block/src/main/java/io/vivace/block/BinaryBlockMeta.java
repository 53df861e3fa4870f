package io.vivace.block;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// The binary form of a block's meta, which indexes of tenants hold (spec: binary form).
public final class BinaryBlockMeta {
  private static final int UUID_BYTES = 16;
  private static final long MIN_SECONDS = BlockMeta.NO_TIME.getEpochSecond();
  private static final long MAX_SECONDS = 253_402_300_799L;
  private static final int NANOS = 1_000_000_000;

  private BinaryBlockMeta() {}

  /// The message that says the same as `meta`.
  public static io.vivace.wire.blocklist.BlockMeta encode(BlockMeta meta) {
    ByteBuffer id =
        ByteBuffer.allocate(UUID_BYTES)
            .putLong(meta.blockId().getMostSignificantBits())
            .putLong(meta.blockId().getLeastSignificantBits())
            .flip();
    byte encoding = (byte) BlockMetaJson.ENCODINGS.indexOf(meta.encoding());
    return io.vivace.wire.blocklist.BlockMeta.newBuilder()
        .setVersion(meta.format())
        .setBlockId(ByteString.copyFrom(id))
        .setTenantId(meta.tenantId())
        .setStartTime(time(meta.startTime()))
        .setEndTime(time(meta.endTime()))
        .setTotalObjects(meta.totalObjects())
        .setSize(meta.size())
        .setCompactionLevel((int) meta.compactionLevel())
        .setEncoding(ByteString.copyFrom(new byte[] {encoding}))
        .setIndexPageSize((int) meta.indexPageSize())
        .setTotalRecords((int) meta.totalRecords())
        .setDataEncoding(meta.dataEncoding())
        .setBloomShardCount((int) meta.bloomShards())
        .setFooterSize((int) meta.footerSize())
        .setDedicatedColumns(
            meta.dedicatedColumns().isEmpty()
                ? ByteString.EMPTY
                : ByteString.copyFromUtf8(BlockMetaJson.columns(meta.dedicatedColumns())))
        .setReplicationFactor((int) meta.replicationFactor())
        .build();
  }

  /// The meta that `message` says.
  ///
  /// @param block name for errors
  /// @throws BlockFormatException for values that no block has
  public static BlockMeta decode(io.vivace.wire.blocklist.BlockMeta message, String block)
      throws BlockFormatException {
    if (message.getTotalObjects() < 0 || message.getSize() < 0) {
      throw new BlockFormatException(
          block,
          "total_objects, size: "
              + message.getTotalObjects()
              + ", "
              + message.getSize()
              + " (expected: at least 0)");
    }
    return new BlockMeta(
        message.getVersion(),
        id(message.getBlockId(), block),
        message.getTenantId(),
        message.hasStartTime() ? time(message.getStartTime(), block) : BlockMeta.NO_TIME,
        message.hasEndTime() ? time(message.getEndTime(), block) : BlockMeta.NO_TIME,
        message.getTotalObjects(),
        message.getSize(),
        Integer.toUnsignedLong(message.getCompactionLevel()),
        encoding(message.getEncoding(), block),
        Integer.toUnsignedLong(message.getIndexPageSize()),
        Integer.toUnsignedLong(message.getTotalRecords()),
        message.getDataEncoding(),
        Integer.toUnsignedLong(message.getBloomShardCount()),
        Integer.toUnsignedLong(message.getFooterSize()),
        columns(message.getDedicatedColumns(), block),
        Integer.toUnsignedLong(message.getReplicationFactor()));
  }

  /// A time as a message.
  public static Timestamp time(Instant time) {
    return Timestamp.newBuilder()
        .setSeconds(time.getEpochSecond())
        .setNanos(time.getNano())
        .build();
  }

  /// The time of a message.
  ///
  /// @param block name for errors
  /// @throws BlockFormatException for a time outside of the years 1 to 9999
  public static Instant time(Timestamp time, String block) throws BlockFormatException {
    if (time.getSeconds() < MIN_SECONDS
        || time.getSeconds() > MAX_SECONDS
        || time.getNanos() < 0
        || time.getNanos() >= NANOS) {
      throw new BlockFormatException(
          block,
          "time: " + time.getSeconds() + "s " + time.getNanos() + "ns (expected: years 1 to 9999)");
    }
    return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
  }

  private static UUID id(ByteString bytes, String block) throws BlockFormatException {
    if (bytes.size() != UUID_BYTES) {
      throw new BlockFormatException(
          block, "block_id: " + bytes.size() + " bytes (expected: " + UUID_BYTES + ")");
    }
    ByteBuffer id = bytes.asReadOnlyByteBuffer();
    return new UUID(id.getLong(), id.getLong());
  }

  private static String encoding(ByteString bytes, String block) throws BlockFormatException {
    if (bytes.isEmpty()) {
      return BlockMetaJson.ENCODINGS.getFirst();
    }
    int code = bytes.byteAt(0);
    if (bytes.size() != 1 || code < 0 || code >= BlockMetaJson.ENCODINGS.size()) {
      throw new BlockFormatException(
          block,
          "encoding: " + bytes.size() + " bytes, first " + code + " (expected: one of 0 to 8)");
    }
    return BlockMetaJson.ENCODINGS.get(code);
  }

  private static List<DedicatedColumn> columns(ByteString json, String block)
      throws BlockFormatException {
    return json.isEmpty()
        ? List.of()
        : BlockMetaJson.parseColumns(json.toString(StandardCharsets.UTF_8), block);
  }
}
