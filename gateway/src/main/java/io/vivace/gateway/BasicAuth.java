package io.vivace.gateway;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/// Lets in only who has a name and a password of the file, when there is a file. The realm is that
/// of the chart 1.52.4, so that browsers keep their credentials.
final class BasicAuth implements WebFilter, Ordered {
  private static final String SCHEME = "Basic ";

  private final @Nullable Credentials credentials;

  /// @param credentials who may come in, or null for everyone
  BasicAuth(@Nullable Credentials credentials) {
    this.credentials = credentials;
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    return require(exchange, Mono.defer(() -> chain.filter(exchange)));
  }

  /// Does `then` for a request with valid credentials, else fails with 401.
  Mono<Void> require(ServerWebExchange exchange, Mono<Void> then) {
    Credentials known = credentials;
    if (known == null) {
      return then;
    }
    String[] given = given(exchange.getRequest().getHeaders().getFirst("Authorization"));
    if (given.length == 0) {
      return refuse(exchange);
    }
    // hashes are slow on purpose, and must not hold up the event loop
    return Mono.fromCallable(() -> known.accept(given[0], given[1]))
        .subscribeOn(Schedulers.boundedElastic())
        .flatMap(valid -> valid ? then : refuse(exchange));
  }

  /// Name and password of the header, or nothing.
  private static String[] given(@Nullable String header) {
    if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return new String[0];
    }
    try {
      byte[] decoded = Base64.getDecoder().decode(header.substring(SCHEME.length()).strip());
      String text = new String(decoded, StandardCharsets.UTF_8);
      int colon = text.indexOf(':');
      return colon < 0
          ? new String[0]
          : new String[] {text.substring(0, colon), text.substring(colon + 1)};
    } catch (IllegalArgumentException e) {
      return new String[0]; // not base64: the same answer as for wrong credentials
    }
  }

  private static Mono<Void> refuse(ServerWebExchange exchange) {
    exchange.getResponse().getHeaders().set("WWW-Authenticate", "Basic realm=\"Tempo\"");
    return Mono.error(new ResponseStatusException(HttpStatus.UNAUTHORIZED));
  }

  @Override
  public int getOrder() {
    return Ordered.HIGHEST_PRECEDENCE + 1;
  }
}
