package io.vivace.distributor.receiver.zipkin;

import io.vivace.distributor.PushException;
import io.vivace.distributor.receiver.ConsumerFactory;
import io.vivace.distributor.receiver.DecodeFailure;
import io.vivace.distributor.receiver.Decompression;
import io.vivace.distributor.receiver.HttpAnswers;
import io.vivace.distributor.receiver.TracesConsumer;
import io.vivace.wire.otlp.MalformedOtlpException;
import java.io.IOException;
import java.util.function.LongSupplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// Zipkin over HTTP. As in Tempo every path and every method is a push: a path with `api/v1/spans`
/// in it takes version 1, any other version 2; the content type tells the encoding. Beside that,
/// probes of the port are answered.
final class ZipkinHttpHandler extends Handler.Abstract {
  private static final String RECEIVER = "zipkin/zipkin_receiver";
  private static final String TEXT = "text/plain; charset=utf-8";

  private final Encoding v1Json;
  private final Encoding v1Thrift;
  private final Encoding v2Json;
  private final Encoding v2Proto;
  private final int maxBodyBytes;

  /// How bodies of one encoding become OTLP, and where they go.
  private record Encoding(TracesConsumer consumer, Translator translator) {}

  @FunctionalInterface
  private interface Translator {
    byte[] toOtlp(byte[] body) throws MalformedOtlpException;
  }

  /// A handler.
  ///
  /// @param maxBodyBytes largest body, compressed and decompressed (`max_request_body_size`)
  /// @param nowNanos the time of v1 spans that tell none, nanoseconds since 1970
  ZipkinHttpHandler(
      ConsumerFactory consumers, ZipkinOptions options, int maxBodyBytes, LongSupplier nowNanos) {
    this.maxBodyBytes = maxBodyBytes;
    v1Json =
        encoding(
            consumers, "http_v1_json", body -> ZipkinV1Json.translate(body, options, nowNanos));
    v1Thrift =
        encoding(
            consumers,
            "http_v1_thrift",
            body -> ZipkinV1Thrift.translate(body, options.lossless()));
    v2Json = encoding(consumers, "http_v2_json", body -> ZipkinV2Json.translate(body, options));
    v2Proto = encoding(consumers, "http_v2_proto", body -> ZipkinV2Proto.translate(body, options));
  }

  private static Encoding encoding(
      ConsumerFactory consumers, String transport, Translator translator) {
    return new Encoding(consumers.consumer(RECEIVER, transport), translator);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    String path = Request.getPathInContext(request);
    if (isProbe(request.getMethod(), path)) {
      HttpAnswers.text(response, callback, 200, "application/json", "{\"status\":\"UP\"}");
      return true;
    }
    push(request, response, callback, encodingOf(path, HttpAnswers.mediaType(request)));
    return true;
  }

  private static boolean isProbe(String method, String path) {
    return (method.equals("GET") || method.equals("HEAD"))
        && (path.equals("/health") || path.equals("/ready"));
  }

  private Encoding encodingOf(String path, String mediaType) {
    if (path.contains("api/v1/spans")) {
      return mediaType.equals("application/x-thrift") ? v1Thrift : v1Json;
    }
    return mediaType.equals("application/x-protobuf") ? v2Proto : v2Json;
  }

  private void push(Request request, Response response, Callback callback, Encoding encoding) {
    TracesConsumer consumer = encoding.consumer();
    try {
      String contentEncoding = request.getHeaders().get(HttpHeader.CONTENT_ENCODING);
      byte[] body =
          Decompression.read(
              Content.Source.asInputStream(request),
              contentEncoding == null ? "" : contentEncoding,
              maxBodyBytes);
      byte[] otlp = encoding.translator().toOtlp(body);
      consumer.consume(HttpAnswers.tenants(request), otlp);
      response.setStatus(202);
      response.write(true, null, callback);
    } catch (MalformedOtlpException e) {
      consumer.decodeFailed(DecodeFailure.MALFORMED);
      error(response, callback, 400, e.getMessage());
    } catch (Decompression.TooLargeException e) {
      consumer.decodeFailed(DecodeFailure.TOO_LARGE);
      // what is left of the body is not read: the connection cannot be used again
      response.getHeaders().put(HttpHeader.CONNECTION, "close");
      error(response, callback, 413, e.getMessage());
    } catch (IOException e) {
      consumer.decodeFailed(Decompression.failure(e));
      error(response, callback, 400, e.getMessage());
    } catch (PushException e) {
      HttpAnswers.retryAfter(response, e.retryAfter());
      error(response, callback, HttpAnswers.status(e.code()), e.getMessage());
    }
  }

  private static void error(
      Response response, Callback callback, int status, @Nullable String message) {
    String text = message == null ? "unexpected end of the body" : message;
    HttpAnswers.text(response, callback, status, TEXT, text + "\n");
  }
}
