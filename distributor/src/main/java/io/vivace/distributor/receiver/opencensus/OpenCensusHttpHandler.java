package io.vivace.distributor.receiver.opencensus;

import com.google.rpc.Status;
import io.grpc.Status.Code;
import io.vivace.distributor.PushException;
import io.vivace.distributor.receiver.DecodeFailure;
import io.vivace.distributor.receiver.Decompression;
import io.vivace.distributor.receiver.GrpcErrors;
import io.vivace.distributor.receiver.HttpAnswers;
import io.vivace.distributor.receiver.TracesConsumer;
import io.vivace.wire.json.TempoJson;
import io.vivace.wire.otlp.MalformedOtlpException;
import java.io.IOException;
import java.util.List;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// OpenCensus in JSON over HTTP: `POST /v1/trace`, whose body is like the messages of one stream.
/// Errors are told as `google.rpc.Status` in JSON, as Tempo's gateway does.
final class OpenCensusHttpHandler extends Handler.Abstract {
  private static final String JSON = "application/json";

  private final TracesConsumer consumer;
  private final int maxBodyBytes;

  /// A handler in front of `consumer`.
  ///
  /// @param maxBodyBytes largest body, compressed and decompressed
  OpenCensusHttpHandler(TracesConsumer consumer, int maxBodyBytes) {
    this.consumer = consumer;
    this.maxBodyBytes = maxBodyBytes;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    String path = Request.getPathInContext(request);
    boolean post = request.getMethod().equals("POST");
    if (!post && (path.equals("/health") || path.equals("/ready"))) {
      HttpAnswers.text(response, callback, 200, JSON, "{\"status\":\"UP\"}");
    } else if (!path.equals("/v1/trace")) {
      error(response, callback, 404, Code.NOT_FOUND, "Not Found");
    } else if (!post) {
      error(response, callback, 405, Code.UNIMPLEMENTED, "Method Not Allowed");
    } else {
      export(request, response, callback);
    }
    return true;
  }

  private void export(Request request, Response response, Callback callback) {
    try {
      String encoding = request.getHeaders().get(HttpHeader.CONTENT_ENCODING);
      byte[] body =
          Decompression.read(
              Content.Source.asInputStream(request),
              encoding == null ? "" : encoding,
              maxBodyBytes);
      OpenCensusStream stream = new OpenCensusStream();
      for (byte[] message : OpenCensusJson.toProtobuf(body)) {
        consumer.consume(tenants(request), stream.translate(message));
      }
      HttpAnswers.write(response, callback, 200, JSON, new byte[0]);
    } catch (MalformedOtlpException e) {
      consumer.decodeFailed(DecodeFailure.MALFORMED);
      error(response, callback, 400, Code.INVALID_ARGUMENT, e.getMessage());
    } catch (Decompression.TooLargeException e) {
      consumer.decodeFailed(DecodeFailure.TOO_LARGE);
      // what is left of the body is not read: the connection cannot be used again
      response.getHeaders().put(HttpHeader.CONNECTION, "close");
      error(response, callback, 413, Code.RESOURCE_EXHAUSTED, e.getMessage());
    } catch (IOException e) {
      consumer.decodeFailed(Decompression.failure(e));
      error(response, callback, 400, Code.INVALID_ARGUMENT, e.getMessage());
    } catch (PushException e) {
      HttpAnswers.retryAfter(response, e.retryAfter());
      error(response, callback, HttpAnswers.status(e.code()), e.code(), e.getMessage());
    }
  }

  /// The tenant as the gateway takes it, else as every other receiver does.
  private static List<String> tenants(Request request) {
    List<String> tenants =
        request.getHeaders().getFields("Grpc-Metadata-X-Scope-OrgID").stream()
            .map(HttpField::getValue)
            .toList();
    return tenants.isEmpty() ? HttpAnswers.tenants(request) : tenants;
  }

  private static void error(
      Response response, Callback callback, int status, Code code, @Nullable String message) {
    Status error = GrpcErrors.status(code, message == null ? "unexpected end" : message, null);
    HttpAnswers.text(response, callback, status, JSON, TempoJson.write(error));
  }
}
