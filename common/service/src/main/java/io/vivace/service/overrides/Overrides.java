package io.vivace.service.overrides;

import io.vivace.service.config.Limits;
import java.util.Set;

/// The limits in force. Safe for use by many threads; cheap enough to ask for every request.
public interface Overrides {
  /// The limits of `tenant`: its own, else those of `"*"`, else the defaults.
  Limits limits(String tenant);

  /// Tenants that have limits of their own in the file, `"*"` included.
  Set<String> tenants();

  /// Limits that never change and are the same for everybody: for tests and tools.
  static Overrides fixed(Limits limits) {
    return new Overrides() {
      @Override
      public Limits limits(String tenant) {
        return limits;
      }

      @Override
      public Set<String> tenants() {
        return Set.of();
      }
    };
  }
}
