package io.vivace.storage;

/// Who lists the blocks of a tenant and writes its index, which all others read.
@FunctionalInterface
public interface IndexBuilders {
  /// Whether this process does so for `tenant` now.
  boolean builds(String tenant);

  /// A process that only reads indexes.
  static IndexBuilders nobody() {
    return tenant -> false;
  }

  /// A process that always lists: the only one, or a tool.
  static IndexBuilders everybody() {
    return tenant -> true;
  }
}
