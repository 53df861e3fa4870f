package io.vivace.service.launch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Properties;

/// What this build is.
///
/// @param compatible version of Tempo whose clients may switch their features on; a semantic
///   version
/// @param product version of Vivace
/// @param revision commit, or `unknown`
/// @param java version of the Java runtime
/// @param platform operating system and processor, as Go spells them
public record BuildInfo(
    String compatible, String product, String revision, String java, String platform) {
  private static final String COMPATIBLE = "2.9.0";

  /// This build on this machine.
  public static BuildInfo current() {
    Properties build = new Properties();
    try (InputStream in = BuildInfo.class.getResourceAsStream("build.properties")) {
      if (in != null) {
        build.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("build.properties", e);
    }
    String processor = System.getProperty("os.arch", "unknown");
    return new BuildInfo(
        COMPATIBLE,
        build.getProperty("version", "unknown"),
        build.getProperty("revision", "unknown"),
        Runtime.version().toString(),
        System.getProperty("os.name", "unknown").toLowerCase(Locale.ROOT) + "/" + processor);
  }

  /// The lines of `-version` and `/status/version`, in the form of Prometheus' tools.
  public String text() {
    return """
    tempo, version %s (branch: main, revision: %s)
      build user:       vivace
      build date:       %s
      go version:       java%s
      platform:         %s
      tags:             vivace %s
    """
        .formatted(compatible, revision, "unknown", java, platform, product);
  }
}
