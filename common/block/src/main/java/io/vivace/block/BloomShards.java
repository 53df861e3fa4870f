package io.vivace.block;

import java.io.IOException;

/// Where the bloom filter files of a block come from: the store or a cache before it.
public interface BloomShards {
  /// The file of shard `number`.
  byte[] read(int number) throws IOException;
}
