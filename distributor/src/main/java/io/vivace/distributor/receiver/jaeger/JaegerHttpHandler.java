package io.vivace.distributor.receiver.jaeger;

import io.vivace.distributor.PushException;
import io.vivace.distributor.receiver.DecodeFailure;
import io.vivace.distributor.receiver.Decompression;
import io.vivace.distributor.receiver.HttpAnswers;
import io.vivace.distributor.receiver.TracesConsumer;
import io.vivace.wire.otlp.MalformedOtlpException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// Jaeger over HTTP: `POST /api/traces` with a batch in Thrift's binary protocol.
final class JaegerHttpHandler extends Handler.Abstract {
  private static final String PATH = "/api/traces";
  private static final Set<String> MEDIA_TYPES =
      Set.of("application/x-thrift", "application/vnd.apache.thrift.binary");
  private static final String TEXT = "text/plain; charset=utf-8";

  private final TracesConsumer consumer;
  private final int maxBodyBytes;

  /// A handler in front of `consumer`.
  ///
  /// @param maxBodyBytes largest body, compressed and decompressed (`max_request_body_size`)
  JaegerHttpHandler(TracesConsumer consumer, int maxBodyBytes) {
    this.consumer = consumer;
    this.maxBodyBytes = maxBodyBytes;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    if (!Request.getPathInContext(request).equals(PATH)) {
      HttpAnswers.text(response, callback, 404, TEXT, "404 page not found\n");
    } else if (!request.getMethod().equals("POST")) {
      end(response, callback, 405);
    } else {
      store(request, response, callback);
    }
    return true;
  }

  private void store(Request request, Response response, Callback callback) {
    try {
      byte[] body = body(request);
      if (!MEDIA_TYPES.contains(mediaType(request))) {
        failed(
            response,
            callback,
            DecodeFailure.UNSUPPORTED_TYPE,
            400,
            "Unsupported content type: " + mediaType(request));
        return;
      }
      consumer.consume(HttpAnswers.tenants(request), JaegerThrift.translateBinary(body));
      end(response, callback, 202);
    } catch (ContentTypes.UnreadableException e) {
      failed(
          response,
          callback,
          DecodeFailure.UNSUPPORTED_TYPE,
          400,
          "Cannot parse content type: " + e.getMessage());
    } catch (MalformedOtlpException e) {
      failed(response, callback, DecodeFailure.MALFORMED, 400, unable(e));
    } catch (Decompression.TooLargeException e) {
      // what is left of the body is not read: the connection cannot be used again
      response.getHeaders().put(HttpHeader.CONNECTION, "close");
      failed(response, callback, DecodeFailure.TOO_LARGE, 413, unable(e));
    } catch (IOException e) {
      failed(response, callback, Decompression.failure(e), 400, unable(e));
    } catch (PushException e) {
      HttpAnswers.retryAfter(response, e.retryAfter());
      error(
          response,
          callback,
          HttpAnswers.status(e.code()),
          "Cannot submit Jaeger batch: " + e.getMessage());
    }
  }

  private byte[] body(Request request) throws IOException {
    String encoding = request.getHeaders().get(HttpHeader.CONTENT_ENCODING);
    return Decompression.read(
        Content.Source.asInputStream(request),
        Objects.requireNonNullElse(encoding, ""),
        maxBodyBytes);
  }

  private static String mediaType(Request request) throws ContentTypes.UnreadableException {
    String header = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
    return ContentTypes.mediaType(Objects.requireNonNullElse(header, ""));
  }

  private static String unable(Exception e) {
    String reason = Objects.requireNonNullElse(e.getMessage(), "unexpected EOF");
    return "Unable to process request body: " + reason;
  }

  private void failed(
      Response response, Callback callback, DecodeFailure reason, int status, String text) {
    consumer.decodeFailed(reason);
    error(response, callback, status, text);
  }

  private static void error(Response response, Callback callback, int status, String text) {
    HttpAnswers.text(response, callback, status, TEXT, escape(text) + "\n");
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("'", "&#39;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&#34;");
  }

  private static void end(Response response, Callback callback, int status) {
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, 0);
    response.write(true, ByteBuffer.allocate(0), callback);
  }
}
