package io.vivace.storage;

import java.time.Duration;

/// What happens while the block list is polled, for metrics. Called by several threads.
public interface PollEvents {
  /// A poll ended, well or not.
  void polled(Duration duration);

  /// The blocks of a tenant could not be found out; it keeps the list that it had.
  void tenantFailed(String tenant);

  /// An index could not be used.
  void indexFailed(String tenant);

  /// An index was read.
  ///
  /// @param age since it was written
  void indexRead(String tenant, Duration age);

  /// Blocks were listed here and an index was written.
  void indexBuilt(String tenant);

  /// Blocks were listed here because there was no index to use.
  void listed(String tenant);

  /// A tenant has these blocks now.
  void blocks(String tenant, BlockList.Tenant blocks);

  /// A tenant is gone.
  void gone(String tenant);

  /// Tells nobody.
  static PollEvents ignored() {
    return new PollEvents() {
      @Override
      public void polled(Duration duration) {}

      @Override
      public void tenantFailed(String tenant) {}

      @Override
      public void indexFailed(String tenant) {}

      @Override
      public void indexRead(String tenant, Duration age) {}

      @Override
      public void indexBuilt(String tenant) {}

      @Override
      public void listed(String tenant) {}

      @Override
      public void blocks(String tenant, BlockList.Tenant blocks) {}

      @Override
      public void gone(String tenant) {}
    };
  }
}
