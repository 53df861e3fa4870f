package io.vivace.compactor;

import io.vivace.block.BlockMeta;
import io.vivace.storage.BlockStore;
import io.vivace.storage.ObjectStore;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Claims of compactors in the store, at `tenant/compactions/output.json`, where nobody else looks.
///
/// A claim is there from before the first object of the new block until after the last old block
/// was marked. Two compactors that want the same block see each other's claims, because each writes
/// its own before it reads the others', and give way. What a compactor that died left behind is
/// finished or removed by the next one, told by its claim.
final class Claims {
  private static final Logger LOG = LoggerFactory.getLogger(Claims.class);
  private static final String FOLDER = "compactions/";
  private static final String SUFFIX = ".json";

  /// How often a compactor renews its claim while it works.
  static final Duration RENEWAL = Duration.ofMinutes(1);

  /// Age from which a claim that was not renewed is that of a dead compactor.
  static final Duration STALE = Duration.ofMinutes(15);

  private final BlockStore blocks;
  private final ObjectStore objects;
  private final ClockGuard guard;
  private final Clock clock;

  /// @param guard asked before a claim is taken for an old one
  Claims(BlockStore blocks, ClockGuard guard, Clock clock) {
    this.blocks = blocks;
    this.objects = blocks.objects();
    this.guard = guard;
    this.clock = clock;
  }

  private static String name(String tenant, UUID output) {
    return tenant + "/" + FOLDER + output + SUFFIX;
  }

  /// Claims the inputs of a job.
  ///
  /// @return false when another compactor has a claim to one of them
  boolean take(String tenant, Claim claim) throws IOException {
    objects.write(name(tenant, claim.output()), claim.toJson());
    for (Claim other : all(tenant)) {
      if (!other.output().equals(claim.output())
          && other.inputs().stream().anyMatch(claim.inputs()::contains)) {
        release(tenant, claim);
        return false;
      }
    }
    return true;
  }

  /// Tells others that this compactor is still at work.
  void renew(String tenant, Claim claim) throws IOException {
    check(tenant, claim);
    objects.write(name(tenant, claim.output()), claim.toJson());
  }

  /// @throws IOException when somebody took this compactor for dead and removed the claim
  void check(String tenant, Claim claim) throws IOException {
    try {
      long _ = objects.size(name(tenant, claim.output()));
    } catch (NoSuchFileException e) {
      throw new IOException(
          "block " + tenant + "/" + claim.output() + ": claim is gone (expected: still there)", e);
    }
  }

  /// Removes a claim.
  void release(String tenant, Claim claim) throws IOException {
    objects.delete(name(tenant, claim.output()));
  }

  private List<Claim> all(String tenant) throws IOException {
    List<Claim> claims = new ArrayList<>();
    for (String name : objects.list(tenant + "/" + FOLDER)) {
      if (name.endsWith(SUFFIX)) {
        try {
          claims.add(Claim.parse(objects.read(name), name));
        } catch (NoSuchFileException e) {
          LOG.debug("msg=\"claim was released\" claim={}", name, e);
        }
      }
    }
    return claims;
  }

  /// Finishes what dead compactors began: when the new block is there its inputs are marked, else
  /// what there is of it is removed.
  ///
  /// @param owns which jobs are this compactor's
  void recover(String tenant, Predicate<String> owns) throws IOException {
    for (Claim claim : all(tenant)) {
      if (owns.test(claim.hash())) {
        recover(tenant, claim);
      }
    }
  }

  private void recover(String tenant, Claim claim) throws IOException {
    BlockStore.Found output = blocks.find(tenant, claim.output());
    Optional<BlockMeta> written =
        output.live().or(() -> output.compacted().map(BlockStore.Compacted::meta));
    if (written.isPresent()) {
      LOG.info(
          "msg=\"finishing a compaction that was interrupted\" tenant={} block={}",
          tenant,
          claim.output());
      for (UUID input : claim.inputs()) {
        blocks.markCompacted(tenant, input);
      }
      release(tenant, claim);
    } else if (isStale(tenant, claim)) {
      LOG.info(
          "msg=\"removing a block that was never finished\" tenant={} block={}",
          tenant,
          claim.output());
      blocks.delete(tenant, claim.output());
      release(tenant, claim);
    }
  }

  private boolean isStale(String tenant, Claim claim) throws IOException {
    try {
      boolean isOld =
          objects.lastModified(name(tenant, claim.output())).plus(STALE).isBefore(clock.instant());
      return isOld && guard.agrees();
    } catch (NoSuchFileException e) {
      return false;
    }
  }
}
