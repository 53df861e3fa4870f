package io.vivace.gateway;

import java.util.concurrent.atomic.AtomicLong;
import org.springframework.core.Ordered;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// Refuses bodies that are larger than a number of bytes with 413: at once when the length is told,
/// else when that many came. Nothing is buffered.
final class BodyLimit implements WebFilter, Ordered {
  private final long limit;

  /// @param limit bytes, 0 for no limit
  BodyLimit(long limit) {
    this.limit = limit;
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    if (limit == 0) {
      return chain.filter(exchange);
    }
    if (exchange.getRequest().getHeaders().getContentLength() > limit) {
      return Mono.error(tooLarge());
    }
    ServerHttpRequest counted =
        new ServerHttpRequestDecorator(exchange.getRequest()) {
          @Override
          public Flux<DataBuffer> getBody() {
            AtomicLong received = new AtomicLong();
            return super.getBody()
                .doOnNext(buffer -> {
                  if (received.addAndGet(buffer.readableByteCount()) > limit) {
                    boolean _ = DataBufferUtils.release(buffer);
                    throw tooLarge();
                  }
                });
          }
        };
    return chain.filter(exchange.mutate().request(counted).build());
  }

  private ResponseStatusException tooLarge() {
    return new ResponseStatusException(
        HttpStatus.CONTENT_TOO_LARGE,
        "request body too large (expected: at most " + limit + " bytes)");
  }

  @Override
  public int getOrder() {
    return Ordered.HIGHEST_PRECEDENCE + 2;
  }
}
