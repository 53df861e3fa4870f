package io.vivace.gateway;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;

/// One line for each request, or for each that failed.
final class AccessLog {
  private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);

  private final int from;

  /// @param which `all`, `failed` (status 400 and above) or `none`
  AccessLog(String which) {
    this.from =
        switch (which) {
          case "all" -> 0;
          case "failed" -> 400;
          default -> Integer.MAX_VALUE;
        };
  }

  /// Tells of a request that ended.
  void request(ServerWebExchange exchange, int status, double seconds) {
    if (status < from) {
      return;
    }
    ServerHttpRequest request = exchange.getRequest();
    String tenant = request.getHeaders().getFirst("X-Scope-OrgID");
    LOG.atInfo()
        .addKeyValue("tenant", tenant == null ? "" : tenant)
        .addKeyValue("method", request.getMethod().name())
        .addKeyValue("path", request.getURI().getRawPath())
        .addKeyValue("status", status)
        .addKeyValue("duration", seconds)
        .log("request");
  }
}
