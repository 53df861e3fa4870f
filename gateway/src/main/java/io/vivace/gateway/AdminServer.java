package io.vivace.gateway;

import io.vivace.service.config.GatewayConfig;
import io.vivace.service.status.MetricsPage;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.context.SmartLifecycle;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/// A second port with nothing but `/ready` and `/metrics`, for probes and scrapers that have no
/// credentials and for Services that must not show them.
final class AdminServer implements SmartLifecycle {
  private final GatewayConfig config;
  private final MetricsPage page;
  private @Nullable DisposableServer server;

  AdminServer(GatewayConfig config, MetricsPage page) {
    this.config = config;
    this.page = page;
  }

  @Override
  public void start() {
    if (config.adminListenPort() == 0) {
      return;
    }
    HttpServer http = HttpServer.create().port(config.adminListenPort());
    if (!config.httpListenAddress().isEmpty()) {
      http = http.host(config.httpListenAddress());
    }
    server =
        http.route(routes ->
                routes
                    .get(
                        "/ready",
                        (request, response) ->
                            response
                                .header("Content-Type", "text/plain; charset=utf-8")
                                .sendString(Mono.just("ready\n")))
                    .get("/metrics", this::metrics))
            .bindNow(Duration.ofSeconds(30));
  }

  private Publisher<Void> metrics(HttpServerRequest request, HttpServerResponse response) {
    try {
      MetricsPage.Page scraped =
          page.scrape(
              request.requestHeaders().get("Accept"),
              request.requestHeaders().get("Accept-Encoding"));
      if (scraped.gzip()) {
        response.header("Content-Encoding", "gzip");
      }
      return response
          .header("Content-Type", scraped.type())
          .sendByteArray(Mono.just(scraped.body()));
    } catch (IOException e) {
      return Mono.error(e);
    }
  }

  @Override
  public void stop() {
    if (server != null) {
      server.disposeNow();
      server = null;
    }
  }

  @Override
  public boolean isRunning() {
    return server != null;
  }
}
