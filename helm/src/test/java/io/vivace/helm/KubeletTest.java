package io.vivace.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What the chart renders by default runs on this machine, one network namespace a pod
/// (`helm/kubelet`): an ingester is killed, the distributors are rolled, an ingester is cut off and
/// healed under load; nothing that was acknowledged is lost or doubled, and every pod stays below
/// its memory limit.
@Tag("slow")
@Timeout(1800)
class KubeletTest {
  private static final Path ALL = Path.of("..", "all", "target").toAbsolutePath().normalize();
  private static final Path SCRIPT = Path.of("kubelet", "kubelet.py").toAbsolutePath();
  private static final String RELEASE = "tempo-distributed";
  private static final Pattern MEMORY = Pattern.compile("(\\S+)=(\\d+)/(\\d+)/(\\d+)");

  @Test
  void losesNothingThatWasAcknowledged(@TempDir Path folder) throws Exception {
    Assumptions.assumeTrue(
        namespaces(), "SKIPPED: no root, unshare, ip or python3 to make network namespaces with");
    Assumptions.assumeTrue(
        Files.isDirectory(ALL.resolve("lib")), "SKIPPED: module all is not packaged (mvn verify)");
    Path manifests = folder.resolve("manifests.json");
    Files.writeString(manifests, new Gson().toJson(Chart.render(RELEASE).objects()));
    Process process =
        new ProcessBuilder(
                "unshare",
                "-n",
                "-m",
                "--propagation",
                "private",
                "python3",
                SCRIPT.toString(),
                manifests.toString(),
                System.getProperty("java.home"),
                libraries(folder).toString(),
                folder.resolve("pods").toString())
            .redirectError(folder.resolve("kubelet.txt").toFile())
            .start();
    try (BufferedReader answers = process.inputReader(StandardCharsets.UTF_8);
        PrintWriter commands = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8))) {
      scenario(command -> {
        commands.println(command);
        commands.flush();
        String answer = answers.readLine();
        System.out.println("kubelet: " + command + " -> " + answer);
        assertThat(answer).as(command).isNotNull().startsWith("ok");
        return answer;
      });
    } finally {
      if (!process.waitFor(2, TimeUnit.MINUTES)) {
        process.destroyForcibly();
      }
    }
  }

  private interface Kubelet {
    String tell(String command) throws IOException;
  }

  private static void scenario(Kubelet kubelet) throws IOException {
    kubelet.tell("wait 600");
    kubelet.tell("load 600");
    kubelet.tell("kill " + RELEASE + "-ingester-1");
    kubelet.tell("roll " + RELEASE + "-distributor");
    assertThat(kubelet.tell("loaded 600")).contains("acknowledged=600");
    assertThat(kubelet.tell("find 300")).contains("lost=0 doubled=0");
    kubelet.tell("wait 600");
    kubelet.tell("cut " + RELEASE + "-ingester-0");
    kubelet.tell("load 200");
    assertThat(kubelet.tell("loaded 600")).contains("acknowledged=200");
    kubelet.tell("heal " + RELEASE + "-ingester-0");
    kubelet.tell("wait 600");
    assertThat(kubelet.tell("find 300")).contains("lost=0 doubled=0");
    Matcher pods = MEMORY.matcher(kubelet.tell("memory"));
    while (pods.find()) {
      int limit = Integer.parseInt(pods.group(3));
      if (limit == 0) {
        System.out.println("SKIPPED: memory limit of " + pods.group(1) + ", no cgroups here");
      } else {
        assertThat(Integer.parseInt(pods.group(2)))
            .as("peak of %s", pods.group(1))
            .isLessThan(limit);
      }
      int killed = pods.group(1).endsWith("-ingester-1") ? 1 : 0;
      assertThat(Integer.parseInt(pods.group(4)))
          .as("restarts of %s", pods.group(1))
          .isEqualTo(killed);
    }
    kubelet.tell("stop");
  }

  /// A folder that every user may read, with every jar.
  private static Path libraries(Path folder) throws IOException {
    Path libraries = Files.createDirectory(folder.resolve("libraries"));
    for (Path from : List.of(ALL.resolve("lib"), ALL)) {
      try (Stream<Path> jars = Files.list(from)) {
        for (Path jar : jars.filter(file -> file.toString().endsWith(".jar")).toList()) {
          Files.copy(jar, libraries.resolve(jar.getFileName()));
        }
      }
    }
    boolean _ = libraries.toFile().setReadable(true, false);
    boolean _ = libraries.toFile().setExecutable(true, false);
    return libraries;
  }

  private static boolean namespaces() {
    return runs("unshare", "-n", "-m", "ip", "link", "add", "vivace-try", "type", "bridge")
        && runs("python3", "--version");
  }

  private static boolean runs(String... command) {
    try {
      return new ProcessBuilder(List.of(command)).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
