package io.vivace.storage.index;

import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.ExtensionRegistryLite;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Timestamp;
import com.google.protobuf.WireFormat;
import io.vivace.block.BinaryBlockMeta;
import io.vivace.block.BlockFormatException;
import io.vivace.block.BlockMeta;
import io.vivace.storage.BlockStore;
import io.vivace.wire.blocklist.CompactedBlockMeta;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// `index.pb.zst`: one zstd frame of a protobuf message. One block at a time is in memory twice.
final class TenantIndexBinary {
  private static final int CREATED_AT = 1;
  private static final int META = 2;
  private static final int COMPACTED_META = 3;

  private TenantIndexBinary() {}

  static byte[] write(TenantIndex index) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZstdOutputStream zstd = new ZstdOutputStream(bytes)) {
      CodedOutputStream out = CodedOutputStream.newInstance(zstd);
      out.writeMessage(CREATED_AT, BinaryBlockMeta.time(index.createdAt()));
      for (BlockMeta meta : index.live()) {
        out.writeMessage(META, BinaryBlockMeta.encode(meta));
      }
      for (BlockStore.Compacted block : index.compacted()) {
        CompactedBlockMeta message =
            CompactedBlockMeta.newBuilder()
                .setBlockMeta(BinaryBlockMeta.encode(block.meta()))
                .setCompactedTime(BinaryBlockMeta.time(block.compacted()))
                .build();
        out.writeMessage(COMPACTED_META, message);
      }
      out.flush();
    }
    return bytes.toByteArray();
  }

  /// @param name of the object, for errors
  /// @throws BlockFormatException when it is damaged
  static TenantIndex read(byte[] bytes, String name) throws BlockFormatException {
    try (ZstdInputStream zstd = new ZstdInputStream(new ByteArrayInputStream(bytes))) {
      CodedInputStream in = CodedInputStream.newInstance(zstd);
      in.setSizeLimit(TenantIndex.MAX_BYTES);
      return read(in, name);
    } catch (BlockFormatException e) {
      throw e;
    } catch (IOException e) {
      throw new BlockFormatException(name, "tenant index: " + e.getMessage(), e);
    }
  }

  private static TenantIndex read(CodedInputStream in, String name) throws IOException {
    ExtensionRegistryLite none = ExtensionRegistryLite.getEmptyRegistry();
    Instant createdAt = BlockMeta.NO_TIME;
    List<BlockMeta> live = new ArrayList<>();
    List<BlockStore.Compacted> compacted = new ArrayList<>();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      int field = WireFormat.getTagFieldNumber(tag);
      if (field > COMPACTED_META) {
        in.skipField(tag);
        continue;
      }
      if (WireFormat.getTagWireType(tag) != WireFormat.WIRETYPE_LENGTH_DELIMITED) {
        throw new InvalidProtocolBufferException("field " + field + " is no message");
      }
      if (field == CREATED_AT) {
        Timestamp.Builder time = Timestamp.newBuilder();
        in.readMessage(time, none);
        createdAt = BinaryBlockMeta.time(time.build(), name);
      } else if (field == META) {
        io.vivace.wire.blocklist.BlockMeta.Builder meta =
            io.vivace.wire.blocklist.BlockMeta.newBuilder();
        in.readMessage(meta, none);
        live.add(BinaryBlockMeta.decode(meta.build(), name));
      } else {
        CompactedBlockMeta.Builder block = CompactedBlockMeta.newBuilder();
        in.readMessage(block, none);
        compacted.add(
            new BlockStore.Compacted(
                BinaryBlockMeta.decode(block.getBlockMeta(), name),
                BinaryBlockMeta.time(block.getCompactedTime(), name)));
      }
    }
    return new TenantIndex(createdAt, live, compacted);
  }
}
