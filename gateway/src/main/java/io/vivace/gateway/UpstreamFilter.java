package io.vivace.gateway;

import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR;
import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR;

import java.net.URI;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.filter.RouteToRequestUrlFilter;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// Says where a request goes, byte for byte: path and query are not decoded and encoded again, as
/// Spring's own filter does, which changes queries that hold `=` or `[`.
final class UpstreamFilter implements GlobalFilter, Ordered {
  /// Metadata of a route: its [RouteTable.Rule].
  static final String RULE = "rule";

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
    Route route = exchange.getAttribute(GATEWAY_ROUTE_ATTR);
    if (route != null && route.getMetadata().get(RULE) instanceof RouteTable.Rule rule) {
      URI uri = exchange.getRequest().getURI();
      String path = rule.target() == null ? uri.getRawPath() : rule.target();
      String query = uri.getRawQuery();
      String target = route.getUri() + path + (query == null ? "" : "?" + query);
      exchange.getAttributes().put(GATEWAY_REQUEST_URL_ATTR, URI.create(target));
    }
    return chain.filter(exchange);
  }

  @Override
  public int getOrder() {
    return RouteToRequestUrlFilter.ROUTE_TO_URL_FILTER_ORDER;
  }
}
