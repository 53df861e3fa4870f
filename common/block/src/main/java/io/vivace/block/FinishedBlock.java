package io.vivace.block;

/// What belongs to a block beside its `data.parquet`.
///
/// @param meta the meta, to be stored last
/// @param bloom the filled bloom filter, whose files are `bloom-0` and so on
/// @param index the object `index`
public record FinishedBlock(BlockMeta meta, BloomFilter bloom, byte[] index) {}
