package io.vivace.service.ring;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The rings that this process shares with others, if it does.
public final class SharedRings {
  private final @Nullable Rings rings;

  SharedRings(@Nullable Rings rings) {
    this.rings = rings;
  }

  /// They, or empty when every ring is this process.
  public Optional<Rings> rings() {
    return Optional.ofNullable(rings);
  }

  /// They.
  ///
  /// @throws IllegalStateException when there are none
  Rings get() {
    if (rings == null) {
      throw new IllegalStateException("memberlist.join_members: empty (expected: members)");
    }
    return rings;
  }
}
