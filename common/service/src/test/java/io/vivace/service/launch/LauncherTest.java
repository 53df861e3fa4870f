package io.vivace.service.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.Configuration;

class LauncherTest {
  private static final String WITHOUT_WARNINGS =
      """
      usage_report: {reporting_enabled: false}
      server: {http_listen_address: 127.0.0.1, grpc_listen_address: 127.0.0.1}
      storage: {trace: {backend: local, local: {path: blocks}}}
      """;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir Path folder;

  @Configuration(proxyBeanMethods = false)
  static class Nothing {}

  /// Asks for the stop as soon as somebody waits for it.
  private static final class Immediately implements Signals {
    private final List<String> calls = new ArrayList<>();

    @Override
    public void request(String reason, int exitCode) {
      calls.add("request");
    }

    @Override
    public int await() {
      calls.add("await");
      return 0;
    }

    @Override
    public void pause(long millis) {
      calls.add("pause " + millis);
    }

    @Override
    public void stopped() {
      calls.add("stopped");
    }
  }

  private int run(Signals signals, String... arguments) {
    Catalog catalog =
        new Catalog(Map.of(Target.QUERIER, Nothing.class, Target.COMPACTOR, Nothing.class), null);
    PrintStream output = new PrintStream(out, true, StandardCharsets.UTF_8);
    PrintStream errors = new PrintStream(err, true, StandardCharsets.UTF_8);
    return new Launcher(catalog, name -> null, output, errors).run(arguments, signals);
  }

  private int run(String... arguments) {
    return run(new Immediately(), arguments);
  }

  private String file(String yaml) throws Exception {
    Path file = folder.resolve("tempo.yaml");
    Files.writeString(file, yaml);
    return "-config.file=" + file;
  }

  @Test
  void printsVersionAndHelp() {
    assertThat(run("-version")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("tempo, version 2.9.0 (");
    assertThat(run("--help")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("-config.expand-env");
  }

  @Test
  void wrongCommandLineEndsWithTwo() {
    assertThat(run("-nonsense")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .startsWith("flag provided but not defined: -nonsense");
  }

  @Test
  void wrongFileEndsWithOneAndEveryProblem() throws Exception {
    assertThat(run(file("servr: {}\nstorage: {trace: {backend: 7}}\n"))).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("2 problem(s)")
        .contains("unknown key servr, did you mean server?")
        .contains("storage.trace.backend: 7");
  }

  @Test
  void missingFileAndUnknownTargetEndWithOne() throws Exception {
    assertThat(run("-config.file=" + folder.resolve("no"))).isEqualTo(1);
    assertThat(run(file(WITHOUT_WARNINGS), "-target=block-builder")).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("target: block-builder");
  }

  @Test
  void verifyEndsWithOneOnlyWhenThereIsAWarning() throws Exception {
    assertThat(run(file(WITHOUT_WARNINGS), "-config.verify")).isZero();
    assertThat(run(file("ingester: {complete_block_timeout: 1s}"), "-config.verify=true"))
        .isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("ingester.complete_block_timeout is shorter than storage.trace.blocklist_poll");
  }

  @Test
  void startsAnnouncesWaitsAndStopsInOrder() throws Exception {
    Immediately signals = new Immediately();

    int code =
        run(
            signals,
            file(WITHOUT_WARNINGS),
            "-server.http-listen-port=0",
            "-server.grpc-listen-port=0",
            "-shutdown-delay=7ms");

    assertThat(code).isZero();
    assertThat(signals.calls).containsExactly("await", "pause 7", "stopped");
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("target all, is up");
  }

  @Test
  void takenPortIsNamedWithItsKey() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      int code =
          run(
              file(WITHOUT_WARNINGS),
              "-server.http-listen-port=" + taken.getLocalPort(),
              "-server.grpc-listen-port=0");
      assertThat(code).isEqualTo(1);
      assertThat(err.toString(StandardCharsets.UTF_8))
          .contains(
              "server.http_listen_port: " + taken.getLocalPort() + " (expected: a free port)");

      code =
          run(
              file(WITHOUT_WARNINGS),
              "-server.http-listen-port=0",
              "-server.grpc-listen-port=" + taken.getLocalPort());
      assertThat(code).isEqualTo(1);
      assertThat(err.toString(StandardCharsets.UTF_8))
          .contains(
              "server.grpc_listen_port: " + taken.getLocalPort() + " (expected: a free port)");
    }
  }
}
