package io.vivace.storage.cache;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

/// Counts what happens.
final class CountingEvents implements CacheEvents {
  final AtomicInteger hits = new AtomicInteger();
  final AtomicInteger misses = new AtomicInteger();
  final AtomicInteger written = new AtomicInteger();
  final AtomicInteger failed = new AtomicInteger();
  final AtomicInteger dropped = new AtomicInteger();
  final AtomicInteger skipped = new AtomicInteger();
  volatile IntSupplier queue = () -> 0;
  volatile IntSupplier servers = () -> 0;

  @Override
  public void request(Operation operation, Outcome outcome, long nanos) {
    AtomicInteger counter =
        switch (outcome) {
          case FAILED -> failed;
          case MISS -> misses;
          case OK ->
              switch (operation) {
                case GET -> hits;
                case PUT -> written;
              };
        };
    counter.incrementAndGet();
  }

  @Override
  public void dropped() {
    dropped.incrementAndGet();
  }

  @Override
  public void skipped() {
    skipped.incrementAndGet();
  }

  @Override
  public void servers(IntSupplier count) {
    servers = count;
  }

  @Override
  public void queue(IntSupplier length) {
    queue = length;
  }
}
