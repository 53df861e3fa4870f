package io.vivace.service.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class TenantLimitsTest {
  private final Limits defaults = ConfigLoader.defaults().overrides().defaults();

  private Map<String, Limits> parse(String text, boolean inherit) throws ConfigException {
    return new TenantLimits(defaults, inherit).parse(text, null);
  }

  @Test
  void entryReplacesTheDefaultsAsAWhole() throws Exception {
    Limits limits = parse("overrides: {a: {global: {max_bytes_per_trace: 7}}}", false).get("a");

    assertThat(Objects.requireNonNull(limits).global().maxBytesPerTrace()).isEqualTo(7);
    assertThat(limits.ingestion().rateLimitBytes()).isZero();
    assertThat(limits.ingestion().rateStrategy()).isEmpty();
  }

  @Test
  void entryKeepsDefaultsWhenAskedTo() throws Exception {
    Limits limits = parse("overrides: {a: {max_bytes_per_trace: 7}}", true).get("a");

    assertThat(Objects.requireNonNull(limits).global().maxBytesPerTrace()).isEqualTo(7);
    assertThat(limits.ingestion().rateLimitBytes()).isEqualTo(15_000_000);
  }

  @Test
  void wildcardKeepsItsName() throws Exception {
    assertThat(parse("overrides: {'*': {max_traces_per_user: 3}, b:}", false))
        .containsOnlyKeys("*", "b");
  }

  @Test
  void fileOfTheChartWithoutTenantsIsAccepted() throws Exception {
    assertThat(parse("overrides: null", false)).isEmpty();
    assertThat(parse("", false)).isEmpty();
  }

  @Test
  void unknownLimitIsRefused() {
    assertThatThrownBy(() -> parse("overrides: {a: {max_traces_per_usr: 3}}", false))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("unknown key overrides.a.max_traces_per_usr");
  }
}
