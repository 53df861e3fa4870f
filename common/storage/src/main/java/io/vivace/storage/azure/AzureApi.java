package io.vivace.storage.azure;

import io.vivace.storage.remote.HttpTransport;
import io.vivace.storage.remote.HttpTransport.Answer;
import io.vivace.storage.remote.Percent;
import io.vivace.storage.remote.StoreException;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Requests of the REST API, and what their failures mean.
final class AzureApi {
  private static final String VERSION = "2021-12-02";
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final int NOT_FOUND = 404;
  private static final int MAX_ERROR = 300;

  private final HttpTransport transport;
  private final AzureSigner signer;
  private final AzureSettings settings;
  private final InstantSource clock;

  AzureApi(
      HttpTransport transport, AzureSigner signer, AzureSettings settings, InstantSource clock) {
    this.transport = transport;
    this.signer = signer;
    this.settings = settings;
    this.clock = clock;
  }

  /// A request about a blob, without a body.
  AzureRequest blob(String method, String name) {
    return blob(method, name, BodyPublishers.noBody(), 0);
  }

  /// A request about a blob.
  AzureRequest blob(String method, String name, BodyPublisher body, long length) {
    String path = settings.url().getRawPath() + "/" + Percent.encodePath(name);
    return new AzureRequest(method, settings.url(), path, body, length);
  }

  /// A request about the container.
  AzureRequest container(String method) {
    String path = settings.url().getRawPath();
    return new AzureRequest(method, settings.url(), path, BodyPublishers.noBody(), 0)
        .parameter("restype", "container");
  }

  /// Sends a request once.
  ///
  /// @param name the object, for errors
  /// @param good statuses that are no failure, besides 2xx
  Answer send(AzureRequest request, String name, int... good) throws IOException {
    request.header("x-ms-version", VERSION).header("x-ms-date", DATE.format(clock.instant()));
    signer.sign(request);
    Answer answer = transport.send(request.toHttp());
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
    int status = answer.status();
    String code = answer.header("x-ms-error-code");
    if (status == NOT_FOUND && !code.equals("ContainerNotFound")) {
      return new NoSuchFileException(name);
    }
    String body = new String(answer.body(), StandardCharsets.UTF_8).strip();
    String text = code.isEmpty() ? body : code;
    return new StoreException(
        StoreException.kind(status, code.equals("ServerBusy")),
        status,
        status + " " + (text.length() > MAX_ERROR ? text.substring(0, MAX_ERROR) : text),
        answer.retryAfter(),
        null);
  }
}
