package io.vivace.distributor.receiver;

import io.grpc.Status.Code;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// What the HTTP receivers of all protocols have in common: reading headers, writing answers, and
/// the status of an error.
public final class HttpAnswers {
  private HttpAnswers() {}

  /// Every value of the tenant's header.
  public static List<String> tenants(Request request) {
    return request.getHeaders().getFields("X-Scope-OrgID").stream()
        .map(HttpField::getValue)
        .toList();
  }

  /// The content type without parameters, in lower case; empty when there is none.
  public static String mediaType(Request request) {
    String contentType = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
    if (contentType == null) {
      return "";
    }
    int end = contentType.indexOf(';');
    return (end < 0 ? contentType : contentType.substring(0, end)).trim().toLowerCase(Locale.ROOT);
  }

  /// Ends a request with a text.
  public static void text(
      Response response, Callback callback, int status, String type, String body) {
    write(response, callback, status, type, body.getBytes(StandardCharsets.UTF_8));
  }

  /// Ends a request with a body.
  public static void write(
      Response response, Callback callback, int status, String type, byte[] body) {
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
    response.write(true, ByteBuffer.wrap(body), callback);
  }

  /// Tells the client when to try again: whole seconds, at least one (RFC 9110, section 10.2.3).
  public static void retryAfter(Response response, @Nullable Duration retryAfter) {
    if (retryAfter != null) {
      long seconds = Math.max(1, (retryAfter.toMillis() + 999) / 1000);
      response.getHeaders().put(HttpHeader.RETRY_AFTER, seconds);
    }
  }

  /// The HTTP status of a gRPC code, as the collector maps them.
  public static int status(Code code) {
    return switch (code) {
      case CANCELLED, DEADLINE_EXCEEDED, ABORTED, OUT_OF_RANGE, UNAVAILABLE, DATA_LOSS -> 503;
      case RESOURCE_EXHAUSTED -> 429;
      case INVALID_ARGUMENT -> 400;
      case UNAUTHENTICATED -> 401;
      case PERMISSION_DENIED -> 403;
      case UNIMPLEMENTED -> 404;
      case OK, UNKNOWN, NOT_FOUND, ALREADY_EXISTS, FAILED_PRECONDITION, INTERNAL -> 500;
    };
  }
}
