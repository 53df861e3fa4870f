package io.vivace.distributor;

import static org.assertj.core.api.Assertions.assertThat;

import io.vivace.ring.Instance;
import io.vivace.ring.RingView;
import io.vivace.service.config.ConfigException;
import io.vivace.service.config.ConfigLoader;
import io.vivace.service.config.TempoConfig;
import io.vivace.service.overrides.Overrides;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TenantIngestionLimitsTest {
  @Test
  void dividesTheRateButNotTheBurstAmongHealthyDistributors() throws ConfigException {
    IngestionLimits limits =
        limits("overrides: {defaults: {ingestion: {rate_strategy: global}}}", true, 3);
    assertThat(limits.rateBytes()).isEqualTo(5_000_000);
    assertThat(limits.burstBytes()).isEqualTo(20_000_000);
    assertThat(limits.distributors()).isEqualTo(3);
  }

  @Test
  void leavesTheRateWholeWhenEveryDistributorHasItsOwnOrNoneIsHealthy() throws ConfigException {
    assertThat(limits("", false, 3).rateBytes()).isEqualTo(15_000_000);
    assertThat(limits("", false, 3).distributors()).isZero();
    assertThat(limits("", true, 0).rateBytes()).isEqualTo(15_000_000);
  }

  @Test
  void letsATenantChooseADelayOfItsOwnEvenNone() throws ConfigException {
    String section = "distributor: {artificial_delay: 2s, retry_after_on_resource_exhausted: 5s}\n";
    assertThat(limits(section, false, 1).artificialDelay()).isEqualTo(Duration.ofSeconds(2));
    assertThat(limits(section, false, 1).retryAfter()).isEqualTo(Duration.ofSeconds(5));
    String none = section + "overrides: {defaults: {ingestion: {artificial_delay: 0s}}}";
    assertThat(limits(none, false, 1).artificialDelay()).isEqualTo(Duration.ZERO);
  }

  private static IngestionLimits limits(String yaml, boolean global, int healthy)
      throws ConfigException {
    TempoConfig config = ConfigLoader.parse(yaml, Map.of()).config();
    Map<Instance, int[]> members = new HashMap<>();
    members.put(new Instance("gone", "gone", "", Instance.State.LEFT), new int[0]);
    for (int i = 0; i < healthy; i++) {
      members.put(new Instance("d" + i, "d" + i, "", Instance.State.ACTIVE), new int[0]);
    }
    RingView view = RingView.of(members, 1);
    return new TenantIngestionLimits(
            Overrides.fixed(config.overrides().defaults()),
            config.distributor(),
            global,
            () -> view)
        .apply("t");
  }
}
