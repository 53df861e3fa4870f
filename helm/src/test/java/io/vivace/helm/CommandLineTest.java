package io.vivace.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/// Helm's command lines (3 and 4, `-Dhelm.cli=/path/helm3,/path/helm4`) lint strictly and render
/// what the library renders.
@Tag("slow")
class CommandLineTest {
  @TestFactory
  Stream<DynamicTest> lintAndRenderAsTheLibrary() {
    String given = System.getProperty("helm.cli", "");
    if (given.isEmpty()) {
      return Stream.of(
          DynamicTest.dynamicTest(
              "no -Dhelm.cli",
              () -> assumeTrue(false, "SKIPPED: -Dhelm.cli names no Helm command line")));
    }
    return Stream.of(given.split(","))
        .flatMap(helm ->
            RenderTest.everyValuesFile()
                .map(values ->
                    DynamicTest.dynamicTest(
                        helm + " " + values.getFileName(), () -> check(helm, values))));
  }

  private static void check(String helm, Path values) throws Exception {
    String chart = Chart.FOLDER.toString();
    run(helm, "lint", "--strict", chart, "-f", values.toString());
    String text =
        run(
            helm,
            "template",
            "tempo",
            chart,
            "-n",
            Chart.NAMESPACE,
            "--kube-version",
            "1.34.0",
            "-f",
            values.toString());
    Rendered rendered = new Rendered(Yaml.documents(text));
    assertThat(new Lints(rendered).problems()).isEmpty();
    rendered.pods().forEach(pods -> assertThat(Restricted.problems(pods)).isEmpty());
    if (!text.contains(".htpasswd: ")) { // its salt is new each time
      assertThat(rendered.objects())
          .filteredOn(
              object -> !Rendered.kind(object).equals("Pod")) // a hook, not in the library's
          .containsExactlyInAnyOrderElementsOf(Chart.render("tempo", values).objects());
    }
  }

  private static String run(String... command) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of(command));
    Process process =
        new ProcessBuilder(all).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("%s%n%s", all, text).isZero();
    return text;
  }
}
