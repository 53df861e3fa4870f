package io.vivace.service.config;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where a ring lives: `memberlist`, `inmemory`, or empty for no ring.
///
/// @param store key `store`
/// @param prefix key `prefix`
/// @param others known keys without effect
public record KvStoreConfig(
    String store, String prefix, @Rest Map<String, @Nullable Object> others) {}
