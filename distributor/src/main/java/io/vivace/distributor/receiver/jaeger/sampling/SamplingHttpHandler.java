package io.vivace.distributor.receiver.jaeger.sampling;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.vivace.distributor.receiver.HttpAnswers;
import java.util.List;
import java.util.Set;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// Sampling strategies over HTTP: `GET /sampling?service=` of Jaeger's agent, `/api/sampling` of
/// its collector. Other paths are left to the handlers after it.
public final class SamplingHttpHandler extends Handler.Abstract {
  private static final Set<String> PATHS = Set.of("/sampling", "/api/sampling");

  /// Clients look at `strategyType` also when it is the one that protobuf leaves out.
  private static final JsonFormat.Printer JSON =
      JsonFormat.printer().alwaysPrintFieldsWithNoPresence().omittingInsignificantWhitespace();

  private final RemoteSampling sampling;

  /// A handler that answers from `sampling`.
  public SamplingHttpHandler(RemoteSampling sampling) {
    this.sampling = sampling;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback)
      throws InvalidProtocolBufferException {
    if (!PATHS.contains(Request.getPathInContext(request))) {
      return false;
    }
    List<String> services = Request.extractQueryParameters(request).getValues("service");
    if (services == null || services.size() != 1) {
      HttpAnswers.text(
          response,
          callback,
          400,
          "text/plain; charset=utf-8",
          "'service' parameter must be provided once\n");
    } else {
      String answer = JSON.print(sampling.of(services.getFirst()));
      HttpAnswers.text(response, callback, 200, "application/json", answer);
    }
    return true;
  }
}
