package io.vivace.distributor;

/// What a tenant may send, in one distributor.
///
/// @param rateBytes bytes per second; 0 or less lets only the first burst through
/// @param burstBytes largest request, and size of the bucket that `rateBytes` fills
/// @param global whether `rateBytes` is shared by all distributors (`rate_strategy: global`)
/// @param maxAttributeBytes where keys and string values are cut; 0 or less for nowhere
public record IngestionLimits(
    double rateBytes, long burstBytes, boolean global, int maxAttributeBytes) {}
