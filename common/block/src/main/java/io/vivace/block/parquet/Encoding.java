package io.vivace.block.parquet;

/// Numbers of value encodings.
final class Encoding {
  static final int PLAIN = 0;
  static final int PLAIN_DICTIONARY = 2;
  static final int RLE = 3;
  static final int DELTA_BINARY_PACKED = 5;
  static final int DELTA_LENGTH_BYTE_ARRAY = 6;
  static final int RLE_DICTIONARY = 8;

  private Encoding() {}
}
