package io.vivace.block.parquet;

/// Physical types of columns that trace blocks use, with their numbers in the footer.
public enum Type {
  /// One bit.
  BOOLEAN(0),
  /// Four bytes.
  INT32(1),
  /// Eight bytes.
  INT64(2),
  /// IEEE 754, eight bytes.
  DOUBLE(5),
  /// Any bytes, text included.
  BYTE_ARRAY(6);

  private final int code;

  Type(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  static Type of(int code) {
    for (Type type : values()) {
      if (type.code == code) {
        return type;
      }
    }
    throw new MalformedDataException("physical type: " + code + " (expected: 0, 1, 2, 5 or 6)");
  }
}
