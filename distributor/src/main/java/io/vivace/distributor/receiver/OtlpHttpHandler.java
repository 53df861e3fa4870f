package io.vivace.distributor.receiver;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import io.grpc.Status.Code;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.vivace.distributor.PushException;
import io.vivace.distributor.PushResult;
import io.vivace.wire.json.TempoJson;
import io.vivace.wire.otlp.MalformedOtlpException;
import io.vivace.wire.otlp.OtlpJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.eclipse.jetty.http.HttpField;
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

  private final OtlpReceiver receiver;
  private final String path;
  private final int maxBodyBytes;

  /// A handler that serves `path`.
  ///
  /// @param maxBodyBytes largest body, compressed and decompressed (`max_request_body_size`)
  public OtlpHttpHandler(OtlpReceiver receiver, String path, int maxBodyBytes) {
    this.receiver = receiver;
    this.path = path.startsWith("/") ? path : "/" + path;
    this.maxBodyBytes = maxBodyBytes;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws IOException {
    if (!Request.getPathInContext(request).equals(path)) {
      text(response, callback, 404, "text/plain; charset=utf-8", "404 page not found\n");
      return true;
    }
    if (!request.getMethod().equals("POST")) {
      text(response, callback, 405, "text/plain", "405 method not allowed, supported: [POST]");
      return true;
    }
    String encoding = request.getHeaders().get(HttpHeader.CONTENT_ENCODING);
    String mediaType = mediaType(request.getHeaders().get(HttpHeader.CONTENT_TYPE));
    if (!mediaType.equals(PROTOBUF) && !mediaType.equals(JSON)) {
      text(
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
      List<String> tenants =
          request.getHeaders().getFields("X-Scope-OrgID").stream()
              .map(HttpField::getValue)
              .toList();
      PushResult result = receiver.push(tenants, otlp, "http");
      success(response, callback, mediaType, result);
    } catch (MalformedOtlpException e) {
      receiver.malformed("http");
      error(response, callback, mediaType, 400, Code.INVALID_ARGUMENT, e.getMessage(), null);
    } catch (Decompression.TooLargeException e) {
      // what is left of the body is not read: the connection cannot be used again
      response.getHeaders().put(HttpHeader.CONNECTION, "close");
      error(response, callback, mediaType, 400, Code.INVALID_ARGUMENT, e.getMessage(), null);
    } catch (IOException e) {
      receiver.malformed("http");
      error(response, callback, mediaType, 400, Code.INVALID_ARGUMENT, message(e), null);
    } catch (PushException e) {
      error(
          response,
          callback,
          mediaType,
          status(e.code()),
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
    write(response, callback, 200, mediaType, body);
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
    if (retryAfter != null) {
      long seconds = Math.max(1, (retryAfter.toMillis() + 999) / 1000);
      response.getHeaders().put(HttpHeader.RETRY_AFTER, seconds);
    }
    Status answer = rpcStatus(code, message == null ? "" : message, retryAfter);
    byte[] body =
        mediaType.equals(JSON)
            ? json(answer, retryAfter).getBytes(StandardCharsets.UTF_8)
            : answer.toByteArray();
    write(response, callback, status, mediaType, body);
  }

  static Status rpcStatus(Code code, String message, java.time.@Nullable Duration retryAfter) {
    Status.Builder status = Status.newBuilder().setCode(code.value()).setMessage(message);
    if (retryAfter != null) {
      RetryInfo info =
          RetryInfo.newBuilder()
              .setRetryDelay(
                  Duration.newBuilder()
                      .setSeconds(retryAfter.toSeconds())
                      .setNanos(retryAfter.toNanosPart()))
              .build();
      status.addDetails(Any.pack(info));
    }
    return status.build();
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

  /// The HTTP status of a gRPC code, as the collector maps them.
  static int status(Code code) {
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

  private static String mediaType(@Nullable String contentType) {
    if (contentType == null) {
      return "";
    }
    int end = contentType.indexOf(';');
    return (end < 0 ? contentType : contentType.substring(0, end)).trim().toLowerCase(Locale.ROOT);
  }

  private static void text(
      Response response, Callback callback, int status, String type, String body) {
    write(response, callback, status, type, body.getBytes(StandardCharsets.UTF_8));
  }

  private static void write(
      Response response, Callback callback, int status, String type, byte[] body) {
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
    response.write(true, ByteBuffer.wrap(body), callback);
  }
}
