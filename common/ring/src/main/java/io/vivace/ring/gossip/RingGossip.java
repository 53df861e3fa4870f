package io.vivace.ring.gossip;

import com.google.protobuf.InvalidProtocolBufferException;
import io.vivace.ring.MembershipEngine;
import io.vivace.ring.MembershipEngine.Node;
import io.vivace.ring.Replication;
import io.vivace.ring.Ring;
import io.vivace.ring.RingException;
import io.vivace.ring.gossip.Codec.Item;
import io.vivace.ring.gossip.Codec.Known;
import io.vivace.ring.gossip.Codec.Message;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All rings of a process, over one membership engine.
///
/// Every change of an own descriptor is sent to everybody at once. A message may be lost, above all
/// while somebody joins; therefore members compare what they know, each with a random other one
/// every few seconds, and send what the other does not have. State is touched by one executor
/// alone; rings are read from anywhere.
public final class RingGossip implements MembershipEngine.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(RingGossip.class);

  /// How many calls of [#tick] lie between two comparisons.
  static final int TICKS_PER_EXCHANGE = 5;

  private final MembershipEngine engine;
  private final Executor loop;
  private final LongSupplier nanoTime;
  private final Clock clock;
  private final RandomGenerator random;
  private final Store store;
  private final Liveness liveness = new Liveness();
  private final Map<String, Map<String, Descriptor>> own = new HashMap<>();
  private final Map<String, GossipRing> rings = new TreeMap<>();
  private final Departures departures;
  private final GossipStatistics statistics = new GossipStatistics();
  private final CompletableFuture<Boolean> heard = new CompletableFuture<>();
  private volatile List<Node> nodes = List.of();
  private volatile String self = "";
  private int ticks;

  /// Rings over `engine`, which is joined by [#join].
  ///
  /// @param loop runs one task at a time, in order
  /// @param nanoTime a monotonic clock in nanoseconds
  /// @param clock for what pages show
  /// @param random chooses whom to compare with
  /// @param tombstoneLife how long members that left are told of (`left_ingesters_timeout`)
  public RingGossip(
      MembershipEngine engine,
      Executor loop,
      LongSupplier nanoTime,
      Clock clock,
      RandomGenerator random,
      Duration tombstoneLife) {
    this.engine = engine;
    this.loop = loop;
    this.nanoTime = nanoTime;
    this.clock = clock;
    this.random = random;
    this.store = new Store(tombstoneLife.toNanos());
    this.departures = new Departures(nanoTime, clock);
  }

  /// Takes part.
  ///
  /// @throws RingException when the engine cannot
  public void join() throws RingException {
    engine.join(this);
    self = engine.self().id();
    loop.execute(() -> {
      if (nodes.size() < 2) {
        boolean _ = heard.complete(false);
      }
      refresh();
    });
  }

  /// Takes part no more. Own descriptors stay what they are at the others.
  public void leave() {
    engine.leave();
  }

  /// The ring with this key. Asked for once for each key, before anything of it is announced.
  ///
  /// @param forgetAfter after how long an unreachable member is forgotten, null for never
  public Ring ring(String key, Replication replication, @Nullable Duration forgetAfter) {
    synchronized (rings) {
      return rings.computeIfAbsent(key, name -> new GossipRing(name, replication, forgetAfter));
    }
  }

  /// Completes when another member told what it knows, or when there is none.
  public CompletableFuture<Boolean> heard() {
    return heard;
  }

  /// The processes that the engine sees.
  public List<Node> nodes() {
    return nodes;
  }

  /// Counts of messages.
  public GossipStatistics statistics() {
    return statistics;
  }

  /// This process, as the engine names it.
  String self() {
    return self;
  }

  /// All that is known of every ring, by key and id.
  public CompletableFuture<Map<String, Map<String, Descriptor>>> snapshot() {
    return CompletableFuture.supplyAsync(
        () -> {
          Map<String, Map<String, Descriptor>> all = new TreeMap<>();
          store.rings().forEach(ring -> all.put(ring, new TreeMap<>(store.members(ring))));
          return all;
        },
        loop);
  }

  /// Writes an own descriptor and tells everybody.
  ///
  /// @param change makes it from what is known, null for nothing; its order must be later
  CompletableFuture<Descriptor> change(
      String ring, String id, UnaryOperator<@Nullable Descriptor> change) {
    return CompletableFuture.supplyAsync(
        () -> {
          Descriptor next = change.apply(store.get(ring, id));
          if (next == null) {
            throw new IllegalArgumentException(id + ": no descriptor (expected: one)");
          }
          announce(ring, next);
          return next;
        },
        loop);
  }

  private void announce(String ring, Descriptor next) {
    own.computeIfAbsent(ring, key -> new HashMap<>()).put(next.id(), next);
    if (store.merge(ring, next, nanoTime.getAsLong())) {
      engine.broadcast(Codec.encode(new Message(List.of(new Item(ring, next)), null, false)));
      statistics.sent();
      refresh(ring);
    }
  }

  /// Forgets a member. One that is alive announces itself again.
  ///
  /// @return whether there was one
  public CompletableFuture<Boolean> forget(String ring, String id) {
    return CompletableFuture.supplyAsync(() -> bury(ring, id), loop);
  }

  private boolean bury(String ring, String id) {
    Descriptor known = store.get(ring, id);
    if (known == null || known.isTombstone() && known.isHandedOver()) {
      return false;
    }
    List<Item> tombstone = List.of(new Item(ring, known.forgotten()));
    engine.broadcast(Codec.encode(new Message(tombstone, null, false)));
    statistics.sent();
    take(tombstone);
    return true;
  }

  @Override
  public void members(List<Node> now) {
    loop.execute(() -> {
      Set<String> before = new HashSet<>();
      nodes.forEach(node -> before.add(node.id()));
      nodes = List.copyOf(now);
      Set<String> ids = new HashSet<>();
      now.forEach(node -> ids.add(node.id()));
      boolean _ = liveness.seen(ids, nanoTime.getAsLong());
      refresh();
      for (Node node : now) {
        if (!before.contains(node.id()) && !node.id().equals(engine.self().id())) {
          send(node.id(), new Message(ownItems(), store.digest(), true));
        }
      }
    });
  }

  private List<Item> ownItems() {
    List<Item> items = new ArrayList<>();
    own.forEach(
        (ring, members) -> members.values().forEach(member -> items.add(new Item(ring, member))));
    return items;
  }

  private void send(String to, Message message) {
    engine.send(to, Codec.encode(message));
    statistics.sent();
  }

  @Override
  public void message(String from, byte[] bytes) {
    loop.execute(() -> {
      statistics.received(bytes.length);
      try {
        take(from, Codec.decode(bytes));
      } catch (InvalidProtocolBufferException e) {
        statistics.invalid();
        LOG.warn("msg=\"unreadable message of a member\" from={} bytes={}", from, bytes.length, e);
      }
    });
  }

  private void take(String from, Message message) {
    take(message.items());
    List<Known> digest = message.digest();
    if (digest != null) {
      List<Item> newer = store.newerThan(digest);
      if (message.wantsDigest() || !newer.isEmpty()) {
        send(from, new Message(newer, message.wantsDigest() ? store.digest() : null, false));
      }
      if (!message.wantsDigest()) {
        boolean _ = heard.complete(true);
      }
    }
  }

  private void take(List<Item> items) {
    Set<String> changed = new HashSet<>();
    for (Item item : items) {
      if (store.merge(item.ring(), item.descriptor(), nanoTime.getAsLong())) {
        changed.add(item.ring());
        assertOwn(item);
      }
    }
    changed.forEach(this::refresh);
  }

  /// Somebody else wrote about an instance of this process: an operator who forgot it, or its life
  /// before a restart that nobody here knew of. This process knows better.
  private void assertOwn(Item item) {
    Descriptor mine = own.getOrDefault(item.ring(), Map.of()).get(item.descriptor().id());
    if (mine == null || mine.equals(item.descriptor())) {
      return;
    }
    String node = item.descriptor().node();
    if (!item.descriptor().isTombstone() && !node.equals(self) && liveness.alive(node)) {
      LOG.warn(
          "msg=\"two processes have one instance id\" ring={} id={} other={}",
          item.ring(),
          mine.id(),
          node);
    }
    Descriptor.Order theirs = item.descriptor().order();
    Tokens tokens = mine.tokens().size() == 0 ? item.descriptor().tokens() : mine.tokens();
    departures.remember(item.ring(), mine.id(), tokens);
    announce(
        item.ring(),
        mine.with(new Descriptor.Order(theirs.epoch() + 1, mine.order().version() + 1)));
  }

  /// Tokens that an own instance had before its restart, as others knew them.
  CompletableFuture<Tokens> remembered(String ring, String id) {
    return CompletableFuture.supplyAsync(() -> departures.remembered(ring, id), loop);
  }

  /// Something to be called about every second: settles what lasted long enough, forgets what is
  /// long gone, and now and then compares with another member.
  public void tick() {
    loop.execute(() -> {
      long now = nanoTime.getAsLong();
      boolean isSettled = liveness.settle(now);
      if (store.expire(now) || isSettled) {
        refresh();
      }
      forgetDeparted();
      if (++ticks % TICKS_PER_EXCHANGE == 0) {
        compare();
      }
    });
  }

  private void forgetDeparted() {
    for (GossipRing ring : all()) {
      for (Descriptor member : List.copyOf(store.members(ring.key()).values())) {
        boolean isHere = member.isTombstone() || isReachable(member);
        if (departures.isOver(ring.key(), member, isHere, ring.forgetAfter())) {
          LOG.info("msg=\"forgetting a member\" ring={} id={}", ring.key(), member.id());
          boolean _ = bury(ring.key(), member.id());
        }
      }
    }
  }

  private void compare() {
    List<Node> others = nodes.stream().filter(node -> !node.id().equals(self)).toList();
    if (!others.isEmpty()) {
      Node chosen = others.get(random.nextInt(others.size()));
      send(chosen.id(), new Message(List.of(), store.digest(), true));
    }
  }

  private boolean isReachable(Descriptor member) {
    return member.node().equals(self) || liveness.alive(member.node());
  }

  private List<GossipRing> all() {
    synchronized (rings) {
      return List.copyOf(rings.values());
    }
  }

  private void refresh() {
    all().forEach(this::refresh);
  }

  private void refresh(String key) {
    GossipRing ring;
    synchronized (rings) {
      ring = rings.get(key);
    }
    if (ring != null) {
      refresh(ring);
    }
  }

  private void refresh(GossipRing ring) {
    Map<String, Descriptor> members = store.members(ring.key());
    for (Descriptor member : members.values()) {
      departures.noted(ring.key(), member, member.isTombstone() || isReachable(member));
    }
    ring.refresh(members.values(), this::isReachable, departures);
    statistics.state(
        all().size(), store.tombstones(), liveness.isStable(nanoTime.getAsLong()) ? 0 : 1);
  }

  /// Seconds since 1970, for pages.
  long seconds() {
    return clock.instant().getEpochSecond();
  }
}
