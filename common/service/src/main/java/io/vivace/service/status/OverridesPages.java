package io.vivace.service.status;

import io.vivace.service.config.ConfigDump;
import io.vivace.service.config.OverridesConfig.UserConfigurableConfig;
import io.vivace.service.overrides.FileOverrides;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import org.springframework.web.util.HtmlUtils;

/// `/status/overrides` and `/status/overrides/{tenant}`: who has limits of its own, and which
/// limits are in force.
final class OverridesPages {
  private final FileOverrides overrides;
  private final UserConfigurableConfig userConfigurable;
  private final Clock clock;

  OverridesPages(FileOverrides overrides, UserConfigurableConfig userConfigurable, Clock clock) {
    this.overrides = overrides;
    this.userConfigurable = userConfigurable;
    this.clock = clock;
  }

  ServerResponse tenants(ServerRequest request) {
    List<String> names = overrides.tenants().stream().sorted().toList();
    if (!Answers.wantsJson(request)) {
      String items =
          names.stream()
              .map(HtmlUtils::htmlEscape)
              .map(name -> "<li><a href=\"overrides/" + name + "\">" + name + "</a></li>")
              .collect(Collectors.joining("\n"));
      return Answers.html(HtmlPage.of("Overrides", "<ul>" + items + "</ul>"));
    }
    List<Map<String, Object>> tenants = new ArrayList<>();
    for (String name : names) {
      Map<String, Object> tenant = new LinkedHashMap<>();
      tenant.put("name", name);
      tenant.put("has_runtime_overrides", true);
      tenant.put("has_user_configurable_overrides", false);
      tenants.add(tenant);
    }
    Map<String, Object> page = new LinkedHashMap<>();
    page.put("now", clock.instant().toString());
    if (!tenants.isEmpty()) {
      page.put("tenants", tenants);
    }
    return Answers.json(Json.of(page));
  }

  ServerResponse tenant(ServerRequest request) {
    String tenant = request.pathVariable("tenant");
    Map<String, Object> page = new LinkedHashMap<>();
    page.put("now", clock.instant().toString());
    page.put("tenant", tenant);
    page.put(
        "user_configurable_overrides",
        userConfigurable.enabled()
            ? "No user-configurable overrides set"
            : "User-configurable overrides are not enabled");
    page.put(
        "runtime_overrides",
        ConfigDump.yaml(ConfigDump.withoutZeros(ConfigDump.tree(overrides.limits(tenant)))));
    page.put("using_default_or_wildcard_runtime_overrides", source(tenant));
    if (Answers.wantsJson(request)) {
      return Answers.json(Json.of(page));
    }
    String body =
        page.entrySet().stream()
            .map(entry ->
                "<h2>"
                    + entry.getKey()
                    + "</h2><pre>"
                    + HtmlUtils.htmlEscape(String.valueOf(entry.getValue()))
                    + "</pre>")
            .collect(Collectors.joining("\n"));
    return Answers.html(HtmlPage.of("Overrides", body));
  }

  private String source(String tenant) {
    if (overrides.tenants().contains(tenant)) {
      return "";
    }
    return overrides.tenants().contains("*") ? "wildcard overrides" : "default overrides";
  }
}
