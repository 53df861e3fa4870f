package io.vivace.gateway;

import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR;

import io.vivace.service.metrics.RequestMetrics;
import io.vivace.service.status.MetricsPage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/// The pages of the gateway itself: `/` says `OK` to probes, `/ready`, `/metrics` (for those who
/// may come in). It measures and logs all other requests.
final class OwnPages implements WebFilter, Ordered {
  private final MetricsPage page;
  private final RequestMetrics metrics;
  private final BasicAuth auth;
  private final AccessLog log;

  OwnPages(MetricsPage page, RequestMetrics metrics, BasicAuth auth, AccessLog log) {
    this.page = page;
    this.metrics = metrics;
    this.auth = auth;
    this.log = log;
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    return switch (exchange.getRequest().getURI().getRawPath()) {
      case "", "/" -> answer(exchange, "application/octet-stream", "OK");
      case "/ready" -> answer(exchange, "text/plain; charset=utf-8", "ready\n");
      case "/metrics" -> auth.require(exchange, Mono.defer(() -> metrics(exchange)));
      default -> measured(exchange, chain);
    };
  }

  private Mono<Void> measured(ServerWebExchange exchange, WebFilterChain chain) {
    long started = System.nanoTime();
    String method = exchange.getRequest().getMethod().name();
    metrics.entered(method);
    return chain
        .filter(exchange)
        .doFinally(signal -> {
          HttpStatusCode code = exchange.getResponse().getStatusCode();
          int status = code == null ? 200 : code.value();
          double seconds = (System.nanoTime() - started) / 1e9;
          metrics.left(method);
          metrics.observe(method, route(exchange), String.valueOf(status), seconds);
          log.request(exchange, status, seconds);
        });
  }

  private static String route(ServerWebExchange exchange) {
    Route route = exchange.getAttribute(GATEWAY_ROUTE_ATTR);
    String name = route == null ? "other" : route.getId();
    return name.replaceAll("[^a-zA-Z0-9]+", "_").replaceAll("^_+", "");
  }

  private Mono<Void> metrics(ServerWebExchange exchange) {
    ServerHttpRequest request = exchange.getRequest();
    try {
      MetricsPage.Page scraped =
          page.scrape(
              request.getHeaders().getFirst("Accept"),
              request.getHeaders().getFirst("Accept-Encoding"));
      HttpHeaders headers = exchange.getResponse().getHeaders();
      if (scraped.gzip()) {
        headers.set("Content-Encoding", "gzip");
      }
      return answer(exchange, scraped.type(), scraped.body());
    } catch (IOException e) {
      return Mono.error(e);
    }
  }

  private static Mono<Void> answer(ServerWebExchange exchange, String type, String text) {
    return answer(exchange, type, text.getBytes(StandardCharsets.UTF_8));
  }

  private static Mono<Void> answer(ServerWebExchange exchange, String type, byte[] body) {
    ServerHttpResponse response = exchange.getResponse();
    response.getHeaders().set("Content-Type", type);
    response.getHeaders().setContentLength(body.length);
    return response.writeWith(Mono.just(response.bufferFactory().wrap(body)));
  }

  @Override
  public int getOrder() {
    return Ordered.HIGHEST_PRECEDENCE;
  }
}
