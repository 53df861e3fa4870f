package io.vivace.service.status;

import io.vivace.service.http.PlainText;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/// Answers and routes in the forms that Tempo's pages have.
final class Answers {
  private Answers() {}

  /// Go's `http.Error`: `text` and a line feed.
  static ServerResponse error(int status, String text) {
    return ServerResponse.status(status)
        .header("Content-Type", PlainText.TYPE)
        .header("X-Content-Type-Options", "nosniff")
        .body(bytes(text + "\n"));
  }

  /// `text/plain` without a character set.
  static ServerResponse text(String text) {
    return ServerResponse.ok().header("Content-Type", "text/plain").body(bytes(text));
  }

  static ServerResponse html(String text) {
    return ServerResponse.ok().header("Content-Type", "text/html").body(bytes(text));
  }

  static ServerResponse json(String text) {
    return ServerResponse.ok().header("Content-Type", "application/json").body(bytes(text));
  }

  /// Whether the client asked for JSON.
  static boolean wantsJson(ServerRequest request) {
    return request.headers().header("Accept").stream()
        .anyMatch(accept -> accept.contains(MediaType.APPLICATION_JSON_VALUE));
  }

  /// Answers every method at `path`.
  static void any(
      RouterFunctions.Builder routes, String path, HandlerFunction<ServerResponse> handler) {
    routes.route(org.springframework.web.servlet.function.RequestPredicates.path(path), handler);
  }

  /// Answers `method` at `path`, and other methods with an empty 405.
  static void only(
      RouterFunctions.Builder routes,
      HttpMethod method,
      String path,
      HandlerFunction<ServerResponse> handler) {
    any(
        routes,
        path,
        request ->
            request.method().equals(method)
                ? handler.handle(request)
                : ServerResponse.status(405).build());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
