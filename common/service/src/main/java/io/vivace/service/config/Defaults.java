package io.vivace.service.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The defaults of every key, read from the resource `defaults.yaml`, and the file that stands in
/// when there is none.
final class Defaults {
  private Defaults() {}

  /// The defaults as an instance.
  static TempoConfig config() {
    String text = resource("defaults.yaml").replace("$HOSTNAME", hostname());
    try {
      Map<String, Tree> sections = new LinkedHashMap<>(TreeReader.read(text).entries());
      sections.keySet().removeIf(key -> key.startsWith("x-"));
      Binder binder = new Binder(true);
      TempoConfig config = binder.bind(TempoConfig.class, new Tree.Mapping(sections, 1), null, "");
      if (!binder.problems().isEmpty()) {
        throw new ConfigException(binder.problems());
      }
      return config;
    } catch (ConfigException e) {
      throw new IllegalStateException("defaults.yaml: " + e.getMessage(), e);
    }
  }

  /// The text of the configuration that a start without a file uses.
  static String withoutFile() {
    return resource("no-file.yaml");
  }

  private static String resource(String name) {
    try (InputStream in = Defaults.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }

  /// The name of this machine without its domain, as the kernel knows it.
  private static String hostname() {
    for (String variable : List.of("HOSTNAME", "COMPUTERNAME")) {
      String name = System.getenv(variable);
      if (name != null && !name.isBlank()) {
        return name;
      }
    }
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }
}
