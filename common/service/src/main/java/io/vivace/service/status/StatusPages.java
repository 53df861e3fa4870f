package io.vivace.service.status;

import io.vivace.service.config.ConfigDump;
import io.vivace.service.config.ConfigLoader;
import io.vivace.service.config.TempoConfig;
import io.vivace.service.launch.BuildInfo;
import io.vivace.service.lifecycle.Readiness;
import io.vivace.service.overrides.FileOverrides;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/// `/status` and its parts. Source of the forms: Tempo 2.9 `cmd/tempo/app/app.go`.
final class StatusPages {
  private final TempoConfig config;
  private final Readiness readiness;
  private final FileOverrides overrides;
  private final BuildInfo build;
  private final Supplier<Set<String>> routes;

  /// @param routes the paths that this process serves
  StatusPages(
      TempoConfig config,
      Readiness readiness,
      FileOverrides overrides,
      BuildInfo build,
      Supplier<Set<String>> routes) {
    this.config = config;
    this.readiness = readiness;
    this.overrides = overrides;
    this.build = build;
    this.routes = routes;
  }

  /// Every part, one after the other.
  ServerResponse all(ServerRequest request) {
    return part(request, "version", "services", "endpoints", "runtime_config", "config");
  }

  /// The part named by the last segment of the path; 404 for an unknown one.
  ServerResponse one(ServerRequest request) {
    String name = request.pathVariable("endpoint");
    return switch (name) {
      case "version", "services", "endpoints", "runtime_config", "config" -> part(request, name);
      default -> Answers.error(404, "404 page not found");
    };
  }

  private ServerResponse part(ServerRequest request, String... names) {
    StringBuilder text = new StringBuilder();
    String mode = request.param("mode").orElse("");
    for (String name : names) {
      String content = content(name, mode);
      if (content == null) {
        return Answers.error(
            500, "unknown value for mode query parameter: " + mode + "\nGET /status/" + name);
      }
      text.append("GET /status/").append(name).append('\n').append(content);
    }
    return Answers.text(text.toString());
  }

  private @Nullable String content(String name, String mode) {
    return switch (name) {
      case "version" -> build.text() + "\n";
      case "services" -> services() + "\n";
      case "endpoints" -> endpoints() + "\n";
      case "runtime_config" -> runtimeConfig(mode);
      case "config" -> config(mode);
      default -> throw new IllegalArgumentException(name);
    };
  }

  private String services() {
    TextTable table = new TextTable("service name", "status", "failure case");
    Map<String, String> failures = readiness.failures();
    readiness
        .modules()
        .forEach((name, state) -> table.row(name, state.text(), failures.getOrDefault(name, "")));
    return table.text();
  }

  private String endpoints() {
    TextTable table = new TextTable("name", "regex");
    for (String path : routes.get()) {
      table.row(path, "^" + path.replaceAll("\\{\\w+}", "(?P<v0>[^/]+)") + "$");
    }
    return table.text() + "\n\nAPI documentation: https://grafana.com/docs/tempo/latest/api_docs\n";
  }

  private @Nullable String config(String mode) {
    Map<String, @Nullable Object> current = ConfigDump.tree(config);
    Map<String, @Nullable Object> defaults = ConfigDump.tree(ConfigLoader.defaults());
    return switch (mode) {
      case "" -> "---\n" + ConfigDump.yaml(current) + "\n";
      case "defaults" -> "---\n" + ConfigDump.yaml(defaults) + "\n";
      case "diff" -> "---\n" + ConfigDump.yaml(ConfigDump.difference(current, defaults)) + "\n";
      default -> null;
    };
  }

  private @Nullable String runtimeConfig(String mode) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    Map<String, @Nullable Object> defaults = ConfigDump.tree(overrides.defaults());
    tree.put("defaults", ConfigDump.withoutZeros(defaults));
    Map<String, @Nullable Object> tenants = new LinkedHashMap<>();
    for (String tenant : overrides.tenants().stream().sorted().toList()) {
      tenants.put(tenant, ConfigDump.withoutZeros(ConfigDump.tree(overrides.limits(tenant))));
    }
    tree.put("overrides", tenants);
    return switch (mode) {
      case "" -> "---\n" + ConfigDump.yaml(tree) + "\n";
      case "diff" -> {
        Map<String, @Nullable Object> standard =
            ConfigDump.tree(ConfigLoader.defaults().overrides().defaults());
        tree.put("defaults", ConfigDump.difference(defaults, standard));
        yield "---\n" + ConfigDump.yaml(tree) + "\n";
      }
      default -> null;
    };
  }
}
