package io.vivace.distributor.receiver.zipkin;

/// How spans are translated.
///
/// @param parseStringTags key `parse_string_tags`: tags that look like numbers, true or false
///   become such
/// @param lossless key `lossless`: keeps what Tempo drops or refuses
public record ZipkinOptions(boolean parseStringTags, boolean lossless) {
  /// What Tempo does.
  public static final ZipkinOptions DEFAULT = new ZipkinOptions(false, false);
}
