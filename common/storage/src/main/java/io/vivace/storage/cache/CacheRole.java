package io.vivace.storage.cache;

import java.util.Arrays;
import java.util.Optional;

/// What a cache holds: the words of `cache.caches[].roles`.
public enum CacheRole {
  /// Shards of bloom filters.
  BLOOM("bloom"),
  /// The object `index` of a block, which is not read: footers say the same.
  TRACE_ID_INDEX("trace-id-index"),
  /// Footers of `data.parquet`.
  PARQUET_FOOTER("parquet-footer"),
  /// Column indexes.
  PARQUET_COLUMN_IDX("parquet-column-idx"),
  /// Offset indexes.
  PARQUET_OFFSET_IDX("parquet-offset-idx"),
  /// Everything else of `data.parquet`.
  PARQUET_PAGE("parquet-page"),
  /// Answers to jobs over blocks.
  FRONTEND_SEARCH("frontend-search");

  private final String text;

  CacheRole(String text) {
    this.text = text;
  }

  /// As the configuration spells it.
  public String text() {
    return text;
  }

  /// The role that is spelled so.
  public static Optional<CacheRole> of(String text) {
    return Arrays.stream(values()).filter(role -> role.text.equals(text)).findFirst();
  }
}
