package io.vivace.service.overrides;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vivace.service.config.ConfigException;
import io.vivace.service.config.ConfigLoader;
import io.vivace.service.config.Limits;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileOverridesTest {
  private final Limits defaults = ConfigLoader.defaults().overrides().defaults();

  @TempDir Path folder;

  @Test
  void tenantThenWildcardThenDefaults() throws Exception {
    Path file = folder.resolve("overrides.yaml");
    Files.writeString(file, "overrides: {a: {max_traces_per_user: 1}}");
    FileOverrides overrides = new FileOverrides(defaults, file, false, null);
    overrides.load();

    assertThat(overrides.limits("a").ingestion().maxTracesPerUser()).isEqualTo(1);
    assertThat(overrides.limits("b")).isEqualTo(defaults);

    Files.writeString(file, "overrides: {'*': {max_traces_per_user: 2}}");
    overrides.load();

    assertThat(overrides.limits("a").ingestion().maxTracesPerUser()).isEqualTo(2);
    assertThat(overrides.tenants()).containsExactly("*");
  }

  @Test
  void wrongFileLeavesTheLimitsAsTheyWere() throws Exception {
    Path file = folder.resolve("overrides.yaml");
    Files.writeString(file, "overrides: {a: {max_traces_per_user: 1}}");
    FileOverrides overrides = new FileOverrides(defaults, file, false, null);
    overrides.load();
    Files.writeString(file, "overrides: {a: {max_traces_per_user: many}}");

    overrides.reload();

    assertThat(overrides.limits("a").ingestion().maxTracesPerUser()).isEqualTo(1);
    assertThat(overrides.successful()).isFalse();
  }

  @Test
  void missingFileStopsTheStart() {
    FileOverrides overrides = new FileOverrides(defaults, folder.resolve("no"), false, null);

    assertThatThrownBy(overrides::load).isInstanceOf(ConfigException.class);
  }
}
