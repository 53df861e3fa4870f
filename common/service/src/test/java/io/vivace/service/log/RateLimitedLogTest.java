package io.vivace.service.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimitedLogTest {
  @Test
  void admitsItsAllowanceEverySecondAndCountsTheRest() {
    AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 10);
    AtomicInteger dropped = new AtomicInteger();
    RateLimitedLog log = new RateLimitedLog(nanos::get, 2, dropped::incrementAndGet);
    assertThat(log.admit()).isTrue();
    assertThat(log.admit()).isTrue();
    assertThat(log.admit()).isFalse();
    nanos.addAndGet(999_999_999);
    assertThat(log.admit()).isFalse();
    nanos.addAndGet(1);
    assertThat(log.admit()).isTrue();
    assertThat(dropped).hasValue(2);
  }
}
