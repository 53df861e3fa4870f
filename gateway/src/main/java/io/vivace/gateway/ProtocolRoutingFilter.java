package io.vivace.gateway;

import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cloud.gateway.config.HttpClientProperties;
import org.springframework.cloud.gateway.filter.NettyRoutingFilter;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.web.server.ServerWebExchange;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;

/// Speaks HTTP/2 by prior knowledge to gRPC upstreams and HTTP/1.1 to the others, some of which
/// know nothing else.
final class ProtocolRoutingFilter extends NettyRoutingFilter {
  ProtocolRoutingFilter(
      HttpClient client,
      ObjectProvider<List<HttpHeadersFilter>> headers,
      HttpClientProperties properties) {
    super(client, headers, properties);
  }

  @Override
  protected HttpClient getHttpClient(Route route, ServerWebExchange exchange) {
    HttpClient client = super.getHttpClient(route, exchange);
    boolean grpc =
        route.getMetadata().get(UpstreamFilter.RULE) instanceof RouteTable.Rule rule && rule.grpc();
    return client.protocol(grpc ? HttpProtocol.H2C : HttpProtocol.HTTP11);
  }
}
