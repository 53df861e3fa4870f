package io.vivace.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A program of the folder `clients` in a JVM of its own, with its own class path.
public final class ForkedClient implements AutoCloseable {
  private final Process process;
  private final Path log;

  private ForkedClient(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /// Starts a program.
  ///
  /// @param module folder below `clients`; the test's module depends on it, so that it is built
  ///   before
  /// @param mainClass the program
  /// @param log file that takes what it prints
  public static ForkedClient start(
      String module, String mainClass, Path log, List<String> arguments) throws IOException {
    Path target = ProjectFolder.of("clients").resolve(module).resolve("target");
    String libraries = Files.readString(target.resolve("classpath.txt")).strip();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-Xmx256m", "-XX:TieredStopAtLevel=1"));
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-cp"));
    command.add(target.resolve("classes") + System.getProperty("path.separator") + libraries);
    command.add(mainClass);
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    return new ForkedClient(process, log);
  }

  /// Waits until the program has ended by itself and gives what it printed.
  ///
  /// @throws IOException with what it printed when it failed or did not end in time
  public String await(Duration patience) throws IOException, InterruptedException {
    boolean ended = process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
    String output = Files.readString(log);
    if (!ended || process.exitValue() != 0) {
      throw new IOException((ended ? "exit code " + process.exitValue() : "hangs") + ": " + output);
    }
    return output;
  }

  /// Gives the program one byte to read: it does something once more.
  public void poke() throws IOException {
    OutputStream input = process.getOutputStream();
    input.write('\n');
    input.flush();
  }

  /// Whether the program still runs.
  public boolean isRunning() {
    return process.isAlive();
  }

  /// Ends the program.
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
