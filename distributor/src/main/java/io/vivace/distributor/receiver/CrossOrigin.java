package io.vivace.distributor.receiver;

import io.vivace.service.config.ReceiversConfig.CorsConfig;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.CrossOriginHandler;
import org.eclipse.jetty.util.Callback;

/// Lets web pages of other origins send spans (Fetch standard, CORS protocol), when the
/// configuration names any.
final class CrossOrigin {
  private static final Set<String> ALWAYS = Set.of("accept", "content-type", "x-requested-with");
  private static final int NO_CONTENT = 204;

  private CrossOrigin() {}

  /// `handler` behind the rules of `config`; the handler itself when no origin is allowed.
  static Handler around(Handler handler, CorsConfig config) {
    if (config.allowedOrigins().isEmpty()) {
      return handler;
    }
    CrossOriginHandler rules = new CrossOriginHandler();
    rules.setAllowedOriginPatterns(patterns(config.allowedOrigins()));
    Set<String> headers = new TreeSet<>(ALWAYS);
    headers.addAll(config.allowedHeaders());
    rules.setAllowedHeaders(headers);
    rules.setAllowedMethods(Set.of("GET", "POST", "HEAD"));
    rules.setAllowCredentials(true);
    rules.setDeliverPreflightRequests(false);
    if (config.maxAge() > 0) {
      rules.setPreflightMaxAge(Duration.ofSeconds(config.maxAge()));
    }
    rules.setHandler(handler);
    return new PreflightStatus(rules);
  }

  /// An origin with `*` for any characters, as a regular expression.
  private static Set<String> patterns(List<String> origins) {
    return origins.stream()
        .map(origin -> Pattern.quote(origin).replace("*", "\\E.*\\Q"))
        .collect(Collectors.toSet());
  }

  /// A preflight is answered without a body.
  private static final class PreflightStatus extends Handler.Wrapper {
    PreflightStatus(Handler handler) {
      super(handler);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
      if (HttpMethod.OPTIONS.is(request.getMethod())
          && request.getHeaders().contains(HttpHeader.ACCESS_CONTROL_REQUEST_METHOD)) {
        response.setStatus(NO_CONTENT);
      }
      return super.handle(request, response, callback);
    }
  }
}
