package io.vivace.block;

/// Bounds of integers, both inclusive.
///
/// @param min the least
/// @param max the greatest
/// @param unsigned whether both are to be read as unsigned 64-bit numbers
public record LongRange(long min, long max, boolean unsigned) {}
