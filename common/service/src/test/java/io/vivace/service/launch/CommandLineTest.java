package io.vivace.service.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class CommandLineTest {
  private static CommandLine parse(String... arguments) throws UsageException {
    return CommandLine.parse(arguments, new Flags());
  }

  @Test
  void readsEveryWayGoWritesFlags() throws Exception {
    CommandLine line =
        parse(
            "-target=ingester",
            "--config.file",
            "/conf/tempo.yaml",
            "-config.expand-env",
            "--server.http-listen-port=80",
            "-multitenancy.enabled=false");

    assertThat(line.file()).isEqualTo("/conf/tempo.yaml");
    assertThat(line.expandEnvironment()).isTrue();
    assertThat(line.settings())
        .isEqualTo(
            Map.of(
                "target", "ingester",
                "server.http_listen_port", "80",
                "multitenancy_enabled", "false"));
  }

  @Test
  void acceptsWhatTheChartPasses() throws Exception {
    CommandLine line =
        parse(
            "-target=ingester",
            "-config.file=/conf/tempo.yaml",
            "-mem-ballast-size-mbs=1024",
            "-ingester.availability-zone=zone-a");

    assertThat(line.ignored()).containsOnlyKeys("mem-ballast-size-mbs");
    assertThat(line.settings()).containsEntry("ingester.lifecycler.availability_zone", "zone-a");
  }

  @Test
  void lastOneWins() throws Exception {
    assertThat(parse("-target=all", "-target=querier").settings())
        .isEqualTo(Map.of("target", "querier"));
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    assertThatThrownBy(() -> parse("-tarrget=all"))
        .hasMessage("flag provided but not defined: -tarrget");
    assertThatThrownBy(() -> parse("-target")).hasMessage("flag needs an argument: -target");
    assertThatThrownBy(() -> parse("all")).hasMessageStartingWith("all (expected: a flag");
    assertThatThrownBy(() -> parse("-config.verify=maybe"))
        .hasMessage("invalid boolean value \"maybe\" for -config.verify");
  }

  @Test
  void everyFlagSetsAKeyThatExists() throws Exception {
    for (String text : new Flags().usage().lines().skip(1).toList()) {
      String name = text.trim().split("\\s+", 2)[0];
      CommandLine line = parse(name + "=" + sample(name));
      assertThat(io.vivace.service.config.ConfigLoader.parse("", line.settings()).config().target())
          .as(name)
          .isNotEmpty();
    }
  }

  private static String sample(String name) {
    return switch (name) {
      case "-target" -> "all";
      case "-log.level" -> "info";
      case "-log.format" -> "json";
      case "-distributor.rate-limit-strategy" -> "global";
      case "-storage.trace.backend" -> "s3";
      default ->
          name.matches(".*(period|delay|duration|timeout|window|retention|cycle)") ? "1s" : "1";
    };
  }
}
