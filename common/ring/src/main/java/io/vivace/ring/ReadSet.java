package io.vivace.ring;

import java.util.List;

/// Whom to ask for a complete answer, and how much of it may be missing: what was acknowledged is
/// at a quorum of its replicas, so one of those that answer has it.
///
/// @param instances whom to ask
/// @param isByZone whether failures are counted by zone: every failure of a zone together is one
/// @param maxFailures how many instances, or zones, may fail
public record ReadSet(List<Instance> instances, boolean isByZone, int maxFailures) {}
