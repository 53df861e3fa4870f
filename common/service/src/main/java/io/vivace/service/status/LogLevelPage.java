package io.vivace.service.status;

import io.vivace.service.log.Logs;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpMethod;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/// `/log_level`: GET shows the level, POST with the form value `log_level` changes it. Source of
/// the form: dskit `log/level_handler.go`.
final class LogLevelPage {
  private LogLevelPage() {}

  static ServerResponse page(ServerRequest request) {
    if (request.method().equals(HttpMethod.POST)) {
      String level = request.param("log_level").orElse("");
      if (!List.of("debug", "info", "warn", "error").contains(level)) {
        return Answers.error(
            400, "log_level: " + level + " (expected: one of debug, info, warn, error)");
      }
      Logs.level(level);
    }
    return Answers.json(Json.of(Map.of("message", "Current log level is " + Logs.level())));
  }
}
