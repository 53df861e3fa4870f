package io.vivace.frontend.http;

import io.vivace.frontend.queue.QueryException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

/// An answer of the read API, before compression.
final class ApiResponse {
  private static final int SMALLEST_COMPRESSED = 1024;
  private static final String TEXT = "text/plain; charset=utf-8";

  private final int status;
  private final String type;
  private final byte[] body;

  private ApiResponse(int status, String type, byte[] body) {
    this.status = status;
    this.type = type;
    this.body = body;
  }

  static ApiResponse json(String json) {
    return new ApiResponse(200, "application/json", json.getBytes(StandardCharsets.UTF_8));
  }

  static ApiResponse protobuf(byte[] bytes) {
    return new ApiResponse(200, "application/protobuf", bytes);
  }

  static ApiResponse text(int status, String text) {
    return new ApiResponse(status, TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  static ApiResponse empty(int status) {
    return new ApiResponse(status, "", new byte[0]);
  }

  static ApiResponse error(QueryException error) {
    String message = String.valueOf(error.getMessage());
    return switch (error.code()) {
      case INVALID_ARGUMENT -> text(400, message);
      case NOT_FOUND -> text(404, message);
      case FAILED_PRECONDITION -> text(422, message);
      case RESOURCE_EXHAUSTED -> text(429, message);
      case CANCELLED -> text(499, message);
      case UNIMPLEMENTED -> text(501, message);
      case DEADLINE_EXCEEDED -> text(504, message);
      case OK,
          UNKNOWN,
          ALREADY_EXISTS,
          PERMISSION_DENIED,
          ABORTED,
          OUT_OF_RANGE,
          INTERNAL,
          UNAVAILABLE,
          DATA_LOSS,
          UNAUTHENTICATED ->
          text(500, message + "\n");
    };
  }

  void write(HttpServletRequest request, HttpServletResponse response) throws IOException {
    response.setStatus(status);
    response.setHeader("Vary", "Accept-Encoding");
    if (!type.isEmpty()) {
      response.setContentType(type);
    }
    if (status >= 400 && body.length > 0) {
      response.setHeader("X-Content-Type-Options", "nosniff");
    }
    String accepted = request.getHeader("Accept-Encoding");
    byte[] sent = body;
    if (accepted != null && accepted.contains("gzip") && body.length >= SMALLEST_COMPRESSED) {
      response.setHeader("Content-Encoding", "gzip");
      sent = compressed();
    }
    response.setContentLength(sent.length);
    if (!request.getMethod().equals("HEAD")) {
      try (OutputStream out = response.getOutputStream()) {
        out.write(sent);
      }
    }
  }

  private byte[] compressed() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(body.length / 4);
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(body);
    }
    return bytes.toByteArray();
  }
}
