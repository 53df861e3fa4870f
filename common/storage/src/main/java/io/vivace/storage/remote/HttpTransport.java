package io.vivace.storage.remote;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// Sends HTTP requests to a store: once each, within a time, over a bounded number of connections.
public final class HttpTransport implements AutoCloseable {
  /// An answer, whatever its status.
  ///
  /// @param body all of it
  public record Answer(int status, HttpHeaders headers, byte[] body) {
    /// The value of a header, empty when it is not there.
    public String header(String name) {
      return headers.firstValue(name).orElse("");
    }

    /// How long the store wants not to be asked again, when it says so in seconds.
    public @Nullable Duration retryAfter() {
      String text = header("Retry-After");
      return text.matches("\\d{1,6}") ? Duration.ofSeconds(Long.parseLong(text)) : null;
    }
  }

  /// How many requests are under way at most; Tempo keeps as many connections to S3.
  static final int CONNECTIONS = 100;

  private static final Duration CONNECT = Duration.ofSeconds(5);

  private final HttpClient client;
  private final Duration timeout;
  private final StoreObserver observer;
  private final InstantSource clock;
  private final Semaphore connections = new Semaphore(CONNECTIONS, true);

  /// @param timeout of one request with its answer
  /// @param tls absent for the JDK's
  public HttpTransport(
      Duration timeout, @Nullable SSLContext tls, StoreObserver observer, InstantSource clock) {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .executor(Executors.newThreadPerTaskExecutor(Thread.ofVirtual().factory()));
    if (tls != null) {
      builder.sslContext(tls);
    }
    this.client = builder.build();
    this.timeout = timeout;
    this.observer = observer;
    this.clock = clock;
  }

  /// Sends a request and reads the whole answer.
  ///
  /// @throws StoreException when there is none in time
  public Answer send(HttpRequest request) throws IOException {
    long start = clock.millis();
    String status = "error";
    try {
      Answer answer = exchange(request);
      status = String.valueOf(answer.status());
      return answer;
    } finally {
      observer.request(request.method(), status, Duration.ofMillis(clock.millis() - start));
    }
  }

  private Answer exchange(HttpRequest request) throws IOException {
    CompletableFuture<HttpResponse<byte[]>> sent = null;
    boolean admitted = false;
    try {
      admitted = connections.tryAcquire(timeout.toMillis(), TimeUnit.MILLISECONDS);
      if (!admitted) {
        throw new TimeoutException("all " + CONNECTIONS + " connections are busy");
      }
      sent = client.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray());
      HttpResponse<byte[]> answer = sent.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      return new Answer(answer.statusCode(), answer.headers(), answer.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException(request.method() + ": interrupted");
    } catch (TimeoutException e) {
      String text = e.getMessage() == null ? "no answer within " + timeout : e.getMessage();
      throw StoreException.noAnswer(new IOException(text, e));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException io) {
        throw StoreException.noAnswer(io);
      }
      throw new IOException(request.method() + ": not sent", e.getCause());
    } finally {
      if (sent != null) {
        sent.cancel(true);
      }
      if (admitted) {
        connections.release();
      }
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
