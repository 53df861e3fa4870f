package io.vivace.helm;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The chart, rendered by Helm's own library.
final class Chart {
  static final Path FOLDER = Path.of("tempo-distributed").toAbsolutePath();
  static final Path FIXTURES = Path.of("src/test/resources/fixtures").toAbsolutePath();
  static final Path COMPATIBLE = FOLDER.resolve("compat-1.52.4.yaml");
  static final String NAMESPACE = "traces";

  private static final String KUBERNETES = "1.34.0";

  private Chart() {}

  /// The values files of the fixtures, by name.
  static List<Path> fixtures() {
    return yamlFiles(FIXTURES);
  }

  /// The overlay and the presets that the chart brings.
  static List<Path> presets() {
    return Stream.concat(Stream.of(COMPATIBLE), yamlFiles(FOLDER.resolve("presets")).stream())
        .toList();
  }

  private static List<Path> yamlFiles(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The path of a fixture.
  static Path fixture(String name) {
    return FIXTURES.resolve(name + ".yaml");
  }

  /// Renders with values files, the later ones winning.
  ///
  /// @throws IllegalStateException with Helm's words when it refuses
  static Rendered render(String release, Path... values) {
    TemplateCommand command =
        new Helm(FOLDER)
            .template()
            .withName(release)
            .withNamespace(NAMESPACE)
            .withKubeVersion(KUBERNETES);
    for (Path file : values) {
      command.withValuesFile(file);
    }
    return new Rendered(Yaml.documents(command.call()));
  }

  /// Renders with values that are given as a tree.
  static Rendered render(String release, Map<String, ?> values, Path... before) {
    try {
      Path file = Files.createTempFile("values", ".yaml");
      try {
        Files.writeString(file, Yaml.text(values));
        Path[] all = Stream.concat(Stream.of(before), Stream.of(file)).toArray(Path[]::new);
        return render(release, all);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The text of `values.yaml` as a tree.
  static Map<String, Object> values() {
    try {
      return Yaml.map(Yaml.parse(Files.readString(FOLDER.resolve("values.yaml"))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
