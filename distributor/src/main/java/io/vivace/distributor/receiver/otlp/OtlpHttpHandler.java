package io.vivace.distributor.receiver.otlp;

import com.google.rpc.Status;
import io.grpc.Status.Code;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.vivace.distributor.PushException;
import io.vivace.distributor.PushResult;
import io.vivace.distributor.receiver.DecodeFailure;
import io.vivace.distributor.receiver.Decompression;
import io.vivace.distributor.receiver.GrpcErrors;
import io.vivace.distributor.receiver.HttpAnswers;
import io.vivace.distributor.receiver.TracesConsumer;
import io.vivace.wire.json.TempoJson;
import io.vivace.wire.otlp.MalformedOtlpException;
import io.vivace.wire.otlp.OtlpJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// OTLP over HTTP (OTLP specification, OTLP/HTTP): protobuf and JSON, all content encodings, errors
/// as `google.rpc.Status` in the request's own encoding.
public final class OtlpHttpHandler extends Handler.Abstract {
  static final String PROTOBUF = "application/x-protobuf";
  static final String JSON = "application/json";

  private final TracesConsumer consumer;
  private final String path;
  private final int maxBodyBytes;

  /// A handler that serves `path`.
  ///
  /// @param maxBodyBytes largest body, compressed and decompressed (`max_request_body_size`)
  public OtlpHttpHandler(TracesConsumer consumer, String path, int maxBodyBytes) {
    this.consumer = consumer;
    this.path = path.startsWith("/") ? path : "/" + path;
    this.maxBodyBytes = maxBodyBytes;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws IOException {
    if (!Request.getPathInContext(request).equals(path)) {
      HttpAnswers.text(
          response, callback, 404, "text/plain; charset=utf-8", "404 page not found\n");
      return true;
    }
    if (!request.getMethod().equals("POST")) {
      HttpAnswers.text(
          response, callback, 405, "text/plain", "405 method not allowed, supported: [POST]");
      return true;
    }
    String encoding = request.getHeaders().get(HttpHeader.CONTENT_ENCODING);
    String mediaType = HttpAnswers.mediaType(request);
    if (!mediaType.equals(PROTOBUF) && !mediaType.equals(JSON)) {
      consumer.decodeFailed(DecodeFailure.UNSUPPORTED_TYPE);
      HttpAnswers.text(
          response,
          callback,
          415,
          "text/plain",
          "415 unsupported media type, supported: [application/json, application/x-protobuf]");
      return true;
    }
    export(request, response, callback, mediaType, encoding == null ? "" : encoding);
    return true;
  }

  private void export(
      Request request, Response response, Callback callback, String mediaType, String encoding) {
    try {
      byte[] body =
          Decompression.read(Content.Source.asInputStream(request), encoding, maxBodyBytes);
      byte[] otlp = mediaType.equals(JSON) ? OtlpJson.toProtobuf(body) : body;
      PushResult result = consumer.consume(HttpAnswers.tenants(request), otlp);
      success(response, callback, mediaType, result);
    } catch (MalformedOtlpException e) {
      consumer.decodeFailed(DecodeFailure.MALFORMED);
      error(response, callback, mediaType, 400, Code.INVALID_ARGUMENT, e.getMessage(), null);
    } catch (Decompression.TooLargeException e) {
      consumer.decodeFailed(DecodeFailure.TOO_LARGE);
      // what is left of the body is not read: the connection cannot be used again
      response.getHeaders().put(HttpHeader.CONNECTION, "close");
      error(response, callback, mediaType, 400, Code.INVALID_ARGUMENT, e.getMessage(), null);
    } catch (IOException e) {
      consumer.decodeFailed(Decompression.failure(e));
      error(response, callback, mediaType, 400, Code.INVALID_ARGUMENT, message(e), null);
    } catch (PushException e) {
      error(
          response,
          callback,
          mediaType,
          HttpAnswers.status(e.code()),
          e.code(),
          e.getMessage(),
          e.retryAfter());
    }
  }

  private static String message(IOException e) {
    return e.getMessage() == null ? "unexpected EOF" : e.getMessage();
  }

  private static void success(
      Response response, Callback callback, String mediaType, PushResult result) {
    ExportTraceServiceResponse answer = answer(result);
    byte[] body =
        mediaType.equals(JSON)
            ? TempoJson.write(answer).getBytes(StandardCharsets.UTF_8)
            : answer.toByteArray();
    HttpAnswers.write(response, callback, 200, mediaType, body);
  }

  static ExportTraceServiceResponse answer(PushResult result) {
    return ExportTraceServiceResponse.newBuilder()
        .setPartialSuccess(
            ExportTracePartialSuccess.newBuilder()
                .setRejectedSpans(result.rejectedSpans())
                .setErrorMessage(result.message()))
        .build();
  }

  private static void error(
      Response response,
      Callback callback,
      String mediaType,
      int status,
      Code code,
      @Nullable String message,
      java.time.@Nullable Duration retryAfter) {
    HttpAnswers.retryAfter(response, retryAfter);
    Status answer = GrpcErrors.status(code, message == null ? "" : message, retryAfter);
    byte[] body =
        mediaType.equals(JSON)
            ? json(answer, retryAfter).getBytes(StandardCharsets.UTF_8)
            : answer.toByteArray();
    HttpAnswers.write(response, callback, status, mediaType, body);
  }

  private static String json(Status status, java.time.@Nullable Duration retryAfter) {
    String text = TempoJson.write(status.toBuilder().clearDetails().build());
    if (retryAfter == null) {
      return text;
    }
    String delay = String.format(Locale.ROOT, "%.3fs", retryAfter.toMillis() / 1000.0);
    return text.substring(0, text.length() - 1)
        + ",\"details\":[{\"@type\":\"type.googleapis.com/google.rpc.RetryInfo\",\"retryDelay\":\""
        + delay
        + "\"}]}";
  }
}
