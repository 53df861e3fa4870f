package io.vivace.block.parquet;

/// Where a column chunk is and what the footer says about it. Lengths and places were checked
/// against the file.
///
/// @param codec number of the codec that compresses its pages
/// @param values number of entries, nulls included
/// @param uncompressedSize bytes of its pages before compression, headers included
/// @param compressedSize bytes of its pages in the file, headers included
/// @param start where its first page begins, that of the dictionary if it has one
/// @param dataStart where its first data page begins
/// @param hasDictionary whether a dictionary page comes first
/// @param onlyIds whether every data page holds ids of the dictionary, as far as the footer tells
/// @param min the least value as bytes, empty when unknown
/// @param max the greatest value as bytes, empty when unknown
/// @param offsetIndexStart where its offset index begins, 0 when it has none
/// @param offsetIndexLength length of the offset index
/// @param columnIndexStart where its column index begins, 0 when it has none
/// @param columnIndexLength length of the column index
public record ChunkMetadata(
    int codec,
    long values,
    long uncompressedSize,
    long compressedSize,
    long start,
    long dataStart,
    boolean hasDictionary,
    boolean onlyIds,
    byte[] min,
    byte[] max,
    long offsetIndexStart,
    int offsetIndexLength,
    long columnIndexStart,
    int columnIndexLength) {}
