package io.vivace.service.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.vivace.service.lifecycle.Readiness;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModuleStatesTest {
  private final Readiness readiness = new Readiness();

  @Test
  void isNotReadyWhileAnIngesterReplaysItsLog() {
    readiness.module("ingester", Readiness.State.STARTING);

    new ModuleStates(Target.ALL, readiness).start();

    assertThat(readiness.reason()).hasValueSatisfying(reason -> assertThat(reason).contains("1"));
    readiness.module("ingester", Readiness.State.RUNNING);
    assertThat(readiness.reason()).isEmpty();
  }

  @Test
  void tellsListenersOfEveryChange() {
    List<Boolean> ready = new ArrayList<>();
    readiness.onChange(() -> ready.add(readiness.reason().isEmpty()));

    readiness.module("ingester", Readiness.State.STARTING);
    readiness.module("ingester", Readiness.State.RUNNING);
    readiness.failed("ingester", "disk");

    assertThat(ready).containsExactly(false, true, false);
  }
}
