package io.vivace.ring.gossip;

import io.vivace.ring.Instance;
import io.vivace.ring.Instance.State;
import io.vivace.ring.Ring;
import io.vivace.ring.gossip.Descriptor.Order;
import io.vivace.ring.gossip.Descriptor.ReadOnly;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An instance of this process on its way through a ring: announced as `PENDING`, then with its
/// tokens `JOINING` and `ACTIVE`, at the end `LEAVING` and gone. Methods wait and are called one
/// after another by one thread, apart from [#notReady] and [#readOnly], which are for anybody.
public final class InstanceLife {
  private static final Logger LOG = LoggerFactory.getLogger(InstanceLife.class);

  /// How long a start waits for what others know of this instance.
  private static final Duration HEARING = Duration.ofSeconds(3);

  private static final Duration ANSWER = Duration.ofSeconds(30);

  private final LifeSettings settings;
  private final RingGossip gossip;
  private final Ring ring;
  private final LongSupplier nanoTime;
  private final RandomGenerator random;
  private final Sleep sleep;
  private final @Nullable TokensFile file;
  private Tokens kept = Tokens.NONE;
  private volatile long activeSince;
  private volatile State state = State.PENDING;
  private volatile boolean isReadOnly;
  private volatile boolean isLatched;

  /// Waits for a time.
  @FunctionalInterface
  public interface Sleep {
    /// Returns after `time`.
    void sleep(Duration time) throws InterruptedException;
  }

  /// A life that has not begun.
  ///
  /// @param ring the ring of `settings.ring()` as this process sees it
  /// @param nanoTime a monotonic clock in nanoseconds
  /// @param random draws tokens
  public InstanceLife(
      LifeSettings settings,
      RingGossip gossip,
      Ring ring,
      LongSupplier nanoTime,
      RandomGenerator random,
      Sleep sleep) {
    this.settings = settings;
    this.gossip = gossip;
    this.ring = ring;
    this.nanoTime = nanoTime;
    this.random = random;
    this.sleep = sleep;
    this.file = settings.tokensFile() == null ? null : new TokensFile(settings.tokensFile());
  }

  /// Tells the ring that this instance is on its way up.
  public void announce() throws InterruptedException {
    await(gossip.heard(), HEARING);
    TokensFile.Content content = read();
    kept = content.tokens();
    long seconds = gossip.seconds();
    Descriptor first =
        change(known -> {
          long epoch = Math.max(content.epoch(), known == null ? 0 : known.order().epoch()) + 1;
          if (kept.size() == 0 && known != null) {
            kept = known.tokens();
          }
          return new Descriptor(
              settings.id(),
              settings.address(),
              settings.zone(),
              State.PENDING,
              Tokens.NONE,
              known == null || known.registered() == 0 ? seconds : known.registered(),
              new Order(epoch, 1),
              gossip.self(),
              ReadOnly.NEVER,
              false);
        });
    write(kept, first.order().epoch());
    log(State.PENDING);
  }

  private TokensFile.Content read() {
    TokensFile.Content none = new TokensFile.Content(Tokens.NONE, 0);
    if (file == null) {
      return none;
    }
    try {
      return file.read().orElse(none);
    } catch (IOException e) {
      LOG.error("msg=\"tokens file not read, new tokens are drawn\" ring={}", settings.ring(), e);
      return none;
    }
  }

  private void write(Tokens tokens, long epoch) {
    if (file != null) {
      try {
        file.write(new TokensFile.Content(tokens, epoch));
      } catch (IOException e) {
        LOG.error("msg=\"tokens file not written\" ring={}", settings.ring(), e);
      }
    }
  }

  /// Takes tokens and becomes `ACTIVE`.
  public void activate() throws InterruptedException {
    boolean isBack = kept.size() > 0;
    if (!isBack) {
      sleep.sleep(settings.pace().joinAfter());
      kept = result(gossip.remembered(settings.ring(), settings.id()));
    }
    Tokens tokens = kept.resized(settings.tokenCount(), taken(), random);
    if (!isBack) {
      Descriptor _ = change(known -> present(known).with(tokens).with(State.JOINING));
      log(State.JOINING);
      sleep.sleep(settings.pace().observePeriod());
    }
    Descriptor active =
        change(known -> present(known).with(withoutStolen(tokens)).with(State.ACTIVE));
    kept = active.tokens();
    write(kept, active.order().epoch());
    activeSince = nanoTime.getAsLong();
    log(State.ACTIVE);
  }

  /// Tokens of other members.
  private Set<Integer> taken() {
    Set<Integer> taken = new HashSet<>();
    for (Instance instance : ring.view().instances()) {
      if (!instance.id().equals(settings.id())) {
        for (int token : ring.view().tokensOf(instance.id())) {
          taken.add(token);
        }
      }
    }
    return taken;
  }

  /// Of a token that two members drew the one with the lower id keeps it; the other draws again.
  private Tokens withoutStolen(Tokens tokens) {
    Set<Integer> stolen = new HashSet<>();
    for (Instance instance : ring.view().instances()) {
      boolean wins =
          instance.id().compareTo(settings.id()) < 0 && instance.state() != State.LEAVING;
      if (wins) {
        for (int token : ring.view().tokensOf(instance.id())) {
          if (tokens.contains(token)) {
            stolen.add(token);
          }
        }
      }
    }
    if (stolen.isEmpty()) {
      return tokens;
    }
    int[] rest = new int[tokens.size()];
    int count = 0;
    for (int token : tokens.toArray()) {
      if (!stolen.contains(token)) {
        rest[count++] = token;
      }
    }
    return Tokens.of(Arrays.copyOf(rest, count)).resized(tokens.size(), taken(), random);
  }

  /// Takes no writes from now on, or takes them again.
  public void readOnly(boolean isSet) {
    if (isReadOnly != isSet) {
      isReadOnly = isSet;
      ReadOnly next = new ReadOnly(isSet, gossip.seconds());
      CompletableFuture<Descriptor> _ =
          gossip
              .change(settings.ring(), settings.id(), known -> present(known).with(next))
              .whenComplete((done, error) -> {
                if (error == null) {
                  LOG.atInfo().addKeyValue("read_only", isSet).log("instance changed");
                } else {
                  isReadOnly = !isSet;
                  LOG.error("msg=\"read-only not announced\" ring={}", settings.ring(), error);
                }
              });
    }
  }

  /// Whether it takes no writes because of [#readOnly].
  public boolean isReadOnly() {
    return isReadOnly;
  }

  /// Takes no writes from now on: the end has begun.
  public void leaving() throws InterruptedException {
    Descriptor _ = change(known -> present(known).with(State.LEAVING));
    log(State.LEAVING);
  }

  /// Nothing is left that only this instance has: nobody has to wait for it.
  public void handedOver() throws InterruptedException {
    Descriptor _ = change(known -> present(known).handedOver());
  }

  /// Leaves the ring.
  ///
  /// @param isUnregistered whether the entry goes too
  public void leave(boolean isUnregistered) throws InterruptedException {
    sleep.sleep(settings.pace().finalSleep());
    if (isUnregistered) {
      Descriptor _ = change(known -> present(known).with(State.LEFT));
      log(State.LEFT);
    }
  }

  /// Whether the entry goes at the stop (`unregister_on_shutdown`).
  public boolean isUnregistered() {
    return settings.isUnregistered();
  }

  /// Where it is.
  public State state() {
    return state;
  }

  /// Why the instance is not ready, in Tempo's words; empty when it is. Once ready it stays so.
  public Optional<String> notReady() {
    if (isLatched) {
      return Optional.empty();
    }
    if (state != State.ACTIVE) {
      return Optional.of("instance " + settings.id() + " in state " + state);
    }
    if (settings.checksRing()) {
      for (Instance instance : ring.view().instances()) {
        if (!instance.isReachable()) {
          return Optional.of("instance " + instance.id() + " past heartbeat timeout");
        }
        if (instance.state() != State.ACTIVE) {
          return Optional.of("instance " + instance.id() + " in state " + instance.state());
        }
      }
    }
    Duration minReady = settings.pace().minReady();
    if (nanoTime.getAsLong() - activeSince < minReady.toNanos()) {
      return Optional.of("waiting for " + minReady.toSeconds() + "s after being ready");
    }
    isLatched = true;
    return Optional.empty();
  }

  private Descriptor present(@Nullable Descriptor known) {
    if (known == null) {
      throw new IllegalStateException(settings.id() + ": unknown (expected: announced before)");
    }
    return known;
  }

  private Descriptor change(UnaryOperator<@Nullable Descriptor> change)
      throws InterruptedException {
    Descriptor changed = result(gossip.change(settings.ring(), settings.id(), change));
    state = changed.state();
    return changed;
  }

  private static <T> T result(CompletableFuture<T> future) throws InterruptedException {
    try {
      return future.get(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("ring: no answer (expected: within " + ANSWER + ")", e);
    }
  }

  private static void await(CompletableFuture<Boolean> future, Duration time)
      throws InterruptedException {
    try {
      boolean _ = future.get(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      LOG.debug("msg=\"no other member told of its ring\"", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("ring: failed", e);
    }
  }

  private void log(State next) {
    LOG.atInfo()
        .addKeyValue("ring", settings.ring())
        .addKeyValue("id", settings.id())
        .addKeyValue("state", next)
        .log("instance changed");
  }
}
