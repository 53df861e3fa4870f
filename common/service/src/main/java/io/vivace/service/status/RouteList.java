package io.vivace.service.status;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpMethod;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.RequestPredicate;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;

/// Collects the paths of router functions.
final class RouteList implements RouterFunctions.Visitor {
  private final Set<String> paths = new TreeSet<>();
  private final Deque<String> nested = new ArrayDeque<>();

  /// The paths seen so far, sorted.
  Set<String> paths() {
    return paths;
  }

  private static String path(RequestPredicate predicate) {
    StringBuilder found = new StringBuilder();
    predicate.accept(new PathOnly(found));
    return found.toString();
  }

  @Override
  public void startNested(RequestPredicate predicate) {
    nested.addLast(path(predicate));
  }

  @Override
  public void endNested(RequestPredicate predicate) {
    nested.removeLast();
  }

  @Override
  public void route(RequestPredicate predicate, HandlerFunction<?> handler) {
    String path = String.join("", nested) + path(predicate);
    if (!path.isEmpty()) {
      paths.add(path);
    }
  }

  @Override
  public void resources(Function<ServerRequest, Optional<Resource>> lookup) {
    // no service serves files
  }

  @Override
  public void attributes(java.util.Map<String, Object> attributes) {
    // only paths are of interest
  }

  @Override
  public void unknown(RouterFunction<?> routes) {
    // has no path to show
  }

  /// Finds the path in a predicate.
  private record PathOnly(StringBuilder found) implements RequestPredicates.Visitor {
    @Override
    public void path(String pattern) {
      found.append(pattern);
    }

    @Override
    public void method(Set<HttpMethod> methods) {}

    @Override
    @SuppressWarnings("removal") // part of the interface still
    public void pathExtension(String extension) {}

    @Override
    public void header(String name, String value) {}

    @Override
    public void param(String name, String value) {}

    @Override
    public void startAnd() {}

    @Override
    public void and() {}

    @Override
    public void endAnd() {}

    @Override
    public void startOr() {}

    @Override
    public void or() {}

    @Override
    public void endOr() {}

    @Override
    public void startNegate() {}

    @Override
    public void endNegate() {}

    @Override
    public void unknown(RequestPredicate predicate) {}

    @Override
    public void version(String version) {}
  }
}
