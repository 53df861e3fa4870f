package io.vivace.block;

import io.vivace.wire.TraceId;
import io.vivace.wire.tempopb.Trace;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.UUID;

/// A block in memory, written by our writer.
record WrittenBlock(byte[] data, FinishedBlock finished) {
  static WrittenBlock of(
      SortedMap<TraceId, Trace> traces, List<DedicatedColumn> dedicated, BlockOptions options)
      throws IOException {
    ByteArrayOutputStream sink = new ByteArrayOutputStream();
    BlockMeta template = BlockMeta.empty(new UUID(7, 7), "single-tenant", dedicated);
    try (BlockWriter writer = new BlockWriter(template, options, traces.size(), sink)) {
      for (Map.Entry<TraceId, Trace> trace : traces.entrySet()) {
        writer.add(trace.getKey(), trace.getValue());
      }
      FinishedBlock finished = writer.finish();
      return new WrittenBlock(sink.toByteArray(), finished);
    }
  }

  BlockReader open() throws IOException {
    return BlockReader.open(
        finished.meta(), new ByteArrayRangeReader(data), shard -> finished.bloom().file(shard));
  }

  static BlockOptions rowGroups(long bytes) {
    return new BlockOptions(bytes, BlockOptions.Compression.ZSTD, 0.01, 1024);
  }
}
