package io.vivace.service.http;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// Answers in the form of Go's `http.Error`, which Tempo's clients know: plain text, a line feed at
/// the end, no sniffing.
public final class PlainText {
  /// Content type of these answers.
  public static final String TYPE = "text/plain; charset=utf-8";

  /// Text of Go's router for a path that nobody serves.
  public static final String NOT_FOUND = "404 page not found";

  private PlainText() {}

  /// Writes status and `text` with a line feed; does nothing to an answer that is already on its
  /// way.
  public static void write(HttpServletResponse response, int status, String text)
      throws IOException {
    if (response.isCommitted()) {
      return;
    }
    byte[] body = (text + "\n").getBytes(StandardCharsets.UTF_8);
    response.resetBuffer();
    response.setStatus(status);
    response.setContentType(TYPE);
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
