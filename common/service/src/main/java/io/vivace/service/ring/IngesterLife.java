package io.vivace.service.ring;

import io.vivace.ring.gossip.InstanceLife;
import java.util.Optional;

/// The life of the ingester of this process in its ring, empty when the ring is not shared.
public record IngesterLife(Optional<InstanceLife> life) {}
