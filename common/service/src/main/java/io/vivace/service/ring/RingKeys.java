package io.vivace.service.ring;

import io.vivace.service.config.TempoConfig;

/// What the rings are called among members: `kvstore.prefix` and `override_ring_key`.
///
/// @param ingester the ring of the ingesters
/// @param distributor the ring of the distributors
/// @param compactor the ring of the compactors
public record RingKeys(String ingester, String distributor, String compactor) {
  /// The names that `config` gives them.
  public static RingKeys of(TempoConfig config) {
    return new RingKeys(
        config.ingester().lifecycler().ring().kvstore().prefix()
            + config.ingester().overrideRingKey(),
        config.distributor().ring().kvstore().prefix() + config.distributor().overrideRingKey(),
        config.compactor().ring().kvstore().prefix() + config.compactor().overrideRingKey());
  }
}
