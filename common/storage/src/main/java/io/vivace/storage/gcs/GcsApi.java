package io.vivace.storage.gcs;

import io.vivace.storage.remote.Authorization;
import io.vivace.storage.remote.HttpTransport;
import io.vivace.storage.remote.HttpTransport.Answer;
import io.vivace.storage.remote.Percent;
import io.vivace.storage.remote.StoreException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Requests of the JSON API, and what their failures mean.
final class GcsApi {
  static final JsonMapper JSON = new JsonMapper();

  private static final int NOT_FOUND = 404;
  private static final int MAX_ERROR = 300;

  private final HttpTransport transport;
  private final Authorization authorization;
  private final String objects;
  private final String uploads;

  GcsApi(HttpTransport transport, Authorization authorization, GcsSettings settings) {
    this.transport = transport;
    this.authorization = authorization;
    String bucket = "/b/" + Percent.encode(settings.bucket()) + "/o";
    this.objects = settings.origin() + "/storage/v1" + bucket;
    this.uploads = settings.origin() + "/upload/storage/v1" + bucket;
  }

  /// A request about one object.
  HttpRequest.Builder object(String name, Map<String, String> parameters) throws IOException {
    return to(objects + "/" + Percent.encode(name) + Percent.query(parameters));
  }

  /// A request about the bucket.
  HttpRequest.Builder bucket(Map<String, String> parameters) throws IOException {
    return to(objects + Percent.query(parameters));
  }

  /// A request that writes.
  HttpRequest.Builder upload(Map<String, String> parameters) throws IOException {
    return to(uploads + Percent.query(parameters));
  }

  /// A request to a URL that the store gave.
  HttpRequest.Builder to(String url) throws IOException {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
    for (Map.Entry<String, List<String>> header : authorization.headers().entrySet()) {
      header.getValue().forEach(value -> request.header(header.getKey(), value));
    }
    return request;
  }

  /// Sends a request once.
  ///
  /// @param name the object, for errors
  /// @param good statuses that are no failure, besides 2xx
  Answer send(HttpRequest request, String name, int... good) throws IOException {
    Answer answer = transport.send(request);
    if (answer.status() / 100 == 2) {
      return answer;
    }
    for (int status : good) {
      if (answer.status() == status) {
        return answer;
      }
    }
    throw failure(answer, name);
  }

  private static IOException failure(Answer answer, String name) {
    String text = text(answer);
    int status = answer.status();
    if (status == NOT_FOUND && !text.contains("bucket")) {
      return new NoSuchFileException(name);
    }
    return new StoreException(
        StoreException.kind(status, false), status, status + " " + text, answer.retryAfter(), null);
  }

  private static String text(Answer answer) {
    String body = new String(answer.body(), StandardCharsets.UTF_8).strip();
    try {
      String message = JSON.readTree(body).path("error").path("message").asString("");
      body = message.isEmpty() ? body : message;
    } catch (JacksonException e) {
      // an answer of something in between: shown as it is
      body = body.isEmpty() ? "no reason given" : body;
    }
    return body.length() > MAX_ERROR ? body.substring(0, MAX_ERROR) : body;
  }

  /// The body as JSON.
  static JsonNode json(Answer answer) throws IOException {
    try {
      return JSON.readTree(answer.body());
    } catch (JacksonException e) {
      throw new StoreException(
          StoreException.Kind.REFUSED,
          answer.status(),
          "answer: not JSON (expected: the JSON API of Google Cloud Storage)",
          null,
          e);
    }
  }
}
