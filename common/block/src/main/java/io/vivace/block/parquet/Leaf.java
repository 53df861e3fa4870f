package io.vivace.block.parquet;

/// A column of the file's schema.
///
/// @param path names from the root, joined with dots
/// @param type physical type
/// @param maxRepetition repeated groups on the way to it
/// @param maxDefinition repeated or optional fields on the way to it
/// @param unsigned whether numbers order as unsigned
public record Leaf(
    String path, Type type, int maxRepetition, int maxDefinition, boolean unsigned) {}
