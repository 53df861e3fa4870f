package io.vivace.gateway;

import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR;

import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.webflux.error.ErrorWebExceptionHandler;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// Errors of the gateway itself: plain text for HTTP, a status for gRPC, never HTML. It says which
/// upstream failed.
final class PlainErrors implements ErrorWebExceptionHandler, Ordered {
  private static final Logger LOG = LoggerFactory.getLogger(PlainErrors.class);

  /// @param status HTTP status
  /// @param grpc number of the gRPC code
  private record Failure(int status, int grpc, String text) {}

  @Override
  public Mono<Void> handle(ServerWebExchange exchange, Throwable thrown) {
    ServerHttpResponse response = exchange.getResponse();
    if (response.isCommitted()) {
      return Mono.error(thrown);
    }
    Failure failure = failure(exchange, thrown);
    HttpHeaders headers = response.getHeaders();
    String type = exchange.getRequest().getHeaders().getFirst("Content-Type");
    if (type != null && type.startsWith("application/grpc")) {
      response.setStatusCode(HttpStatusCode.valueOf(200));
      headers.set("Content-Type", "application/grpc");
      headers.set("grpc-status", String.valueOf(failure.grpc));
      headers.set("grpc-message", failure.text.replace("%", "%25"));
      return response.setComplete();
    }
    byte[] body = (failure.text + "\n").getBytes(StandardCharsets.UTF_8);
    response.setStatusCode(HttpStatusCode.valueOf(failure.status));
    headers.set("Content-Type", "text/plain; charset=utf-8");
    headers.set("X-Content-Type-Options", "nosniff");
    headers.setContentLength(body.length);
    return response.writeWith(Mono.just(response.bufferFactory().wrap(body)));
  }

  private static Failure failure(ServerWebExchange exchange, Throwable thrown) {
    if (thrown instanceof ResponseStatusException known) {
      int status = known.getStatusCode().value();
      return switch (status) {
        case 401 -> new Failure(401, 16, "name or password are missing or wrong");
        case 413 -> new Failure(413, 8, String.valueOf(known.getReason()));
        case 404 -> new Failure(404, 12, "404 page not found");
        case 504 -> new Failure(504, 4, upstream(exchange) + ": no answer in time");
        default -> new Failure(status, 2, String.valueOf(known.getReason()));
      };
    }
    return switch (thrown) {
      case ConnectException _ -> unavailable(exchange, "connection refused");
      case UnknownHostException _ -> unavailable(exchange, "unknown host");
      case ClosedChannelException _ -> unavailable(exchange, "connection closed");
      case SocketException _ -> unavailable(exchange, "connection failed");
      case TimeoutException _ -> new Failure(504, 4, upstream(exchange) + ": no answer in time");
      case java.io.IOException _ -> unavailable(exchange, "connection lost");
      default -> {
        LOG.atError()
            .addKeyValue("path", exchange.getRequest().getURI().getRawPath())
            .setCause(thrown)
            .log("request failed");
        yield new Failure(500, 13, "internal error");
      }
    };
  }

  private static Failure unavailable(ServerWebExchange exchange, String reason) {
    return new Failure(502, 14, upstream(exchange) + ": " + reason);
  }

  private static String upstream(ServerWebExchange exchange) {
    Route route = exchange.getAttribute(GATEWAY_ROUTE_ATTR);
    return route != null
            && route.getMetadata().get(UpstreamFilter.RULE) instanceof RouteTable.Rule rule
        ? "upstream " + rule.upstream().key()
        : "upstream";
  }

  @Override
  public int getOrder() {
    return Ordered.HIGHEST_PRECEDENCE;
  }
}
