package io.vivace.service.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ReadinessTest {
  private final Readiness readiness = new Readiness();

  @Test
  void countsModulesThatAreNotRunning() {
    readiness.module("a", Readiness.State.STARTING);
    readiness.module("b", Readiness.State.RUNNING);
    readiness.module("c", Readiness.State.RUNNING);

    assertThat(readiness.reason())
        .contains("Some services are not Running:\nStarting: 1\nRunning: 2\n");
  }

  @Test
  void asksTheChecksOfTheModules() {
    AtomicReference<Optional<String>> reason = new AtomicReference<>(Optional.of("not yet"));
    readiness.module("a", Readiness.State.RUNNING);
    readiness.check(reason::get);
    assertThat(readiness.reason()).contains("not yet");

    reason.set(Optional.empty());
    assertThat(readiness.reason()).isEmpty();
  }

  @Test
  void stoppingProcessIsNotReady() {
    readiness.stopping();

    assertThat(readiness.reason()).contains("Application is stopping");
  }
}
