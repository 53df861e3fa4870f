package io.vivace.all;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

class HouseRulesTest {
  private static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.vivace");

  private static final List<String> SERVICES =
      List.of("distributor", "ingester", "querier", "frontend", "compactor", "gateway");

  /// Packages that protoc writes.
  private static final List<String> GENERATED =
      List.of(
          "io.vivace.wire.tempopb",
          "io.vivace.ring.proto",
          "io.vivace.wire.objects",
          "io.vivace.wire.queue",
          "io.vivace.wire.blocklist",
          "io.vivace.distributor.receiver.jaeger.sampling.proto",
          "io.vivace.distributor.receiver.opencensus.proto");

  private static final String[] CONCEPTS = {
    "io.vivace.wire..",
    "io.vivace.block..",
    "io.vivace.traceql..",
    "io.vivace.search..",
    "io.vivace.storage..",
    "io.vivace.ring.."
  };

  @Test
  void conceptsKnowNoSpring() {
    noClasses()
        .that()
        .resideInAnyPackage(CONCEPTS)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.springframework..", "io.vivace.service..")
        .check(OURS);
  }

  @Test
  void servicesDoNotKnowEachOther() {
    for (String service : SERVICES) {
      String[] others =
          SERVICES.stream()
              .filter(other -> !other.equals(service))
              .map(other -> "io.vivace." + other + "..")
              .toArray(String[]::new);
      noClasses()
          .that()
          .resideInAPackage("io.vivace." + service + "..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(others)
          .allowEmptyShould(true)
          .check(OURS);
    }
  }

  @Test
  void arrowsBetweenConceptsGoOneWay() {
    arrow("io.vivace.wire..", "block", "traceql", "search", "storage", "ring");
    arrow("io.vivace.block..", "traceql", "search", "storage", "ring");
    arrow("io.vivace.traceql..", "wire", "block", "search", "storage", "ring");
    arrow("io.vivace.storage..", "traceql", "search", "ring");
    arrow("io.vivace.ring..", "block", "traceql", "search", "storage");
    arrow("io.vivace.search..", "ring");
  }

  private static void arrow(String from, String... forbidden) {
    String[] packages = new String[forbidden.length];
    for (int i = 0; i < forbidden.length; i++) {
      packages[i] = "io.vivace." + forbidden[i] + "..";
    }
    noClasses()
        .that()
        .resideInAPackage(from)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(packages)
        .allowEmptyShould(true)
        .check(OURS);
  }

  @Test
  void timeComesThroughConstructors() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.vivace.service.launch..")
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Instant.class, "now")
        .check(OURS);
  }

  /// Whoever waits waits for something: for a condition, a schedule, or the pause that it was
  /// given.
  @Test
  void nobodySleeps() throws IOException {
    Pattern sleep = Pattern.compile("(Thread|TimeUnit\\.\\w+)\\.sleep\\(");
    try (Stream<Path> files = Files.walk(Path.of(".."))) {
      List<Path> found =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .filter(file -> file.toString().contains("/src/"))
              .filter(file -> sleep.matcher(text(file)).find())
              .toList();
      assertThat(found).isEmpty();
    }
  }

  @Test
  void mainCodeNamesItsTypes() throws IOException {
    Pattern inferred = Pattern.compile("(?m)^\\s*(final )?var \\w+|[(]var \\w+");
    try (Stream<Path> files = Files.walk(Path.of(".."))) {
      List<Path> found =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .filter(file -> file.toString().contains("src/main/java"))
              .filter(file -> inferred.matcher(text(file)).find())
              .toList();
      assertThat(found).isEmpty();
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void nobodyMocks() {
    noClasses().should().dependOnClassesThat().resideInAPackage("org.mockito..").check(OURS);
  }

  @Test
  void serviceConfigurationsArePublicAndOnePerService() {
    classes()
        .that()
        .haveSimpleNameEndingWith("Configuration")
        .and()
        .resideInAnyPackage(
            SERVICES.stream().map(name -> "io.vivace." + name).toArray(String[]::new))
        .should()
        .bePublic()
        .check(OURS);
  }

  @Test
  void everyPackageIsNullMarked() {
    List<String> missing = new ArrayList<>();
    packages(OURS.getPackage("io.vivace"), missing);

    assertThat(missing).isEmpty();
  }

  private static void packages(JavaPackage node, List<String> missing) {
    boolean ours = !GENERATED.contains(node.getName()) && !node.getClasses().isEmpty();
    if (ours && !node.isAnnotatedWith(NullMarked.class)) {
      missing.add(node.getName());
    }
    node.getSubpackages().forEach(below -> packages(below, missing));
  }
}
