package io.vivace.service.http;

import io.vivace.service.metrics.RequestMetrics;
import io.vivace.service.tenant.Tenants;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// Measures every HTTP request, and logs it: at debug, or at info when
/// `server.log_request_at_info_level_enabled` is set.
final class RequestMetricsFilter implements Filter {
  private static final Logger LOG = LoggerFactory.getLogger(RequestMetricsFilter.class);

  private final RequestMetrics metrics;
  private final Level level;

  RequestMetricsFilter(RequestMetrics metrics, boolean logAtInfo) {
    this.metrics = metrics;
    this.level = logAtInfo ? Level.INFO : Level.DEBUG;
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    long started = System.nanoTime();
    HttpServletRequest http = (HttpServletRequest) request;
    HttpServletResponse answer = (HttpServletResponse) response;
    metrics.entered(http.getMethod());
    boolean completed = false;
    try {
      chain.doFilter(request, response);
      completed = true;
    } finally {
      if (completed && request.isAsyncStarted()) {
        request.getAsyncContext().addListener(new AtTheEnd(() -> done(http, answer, started)));
      } else {
        done(http, answer, started);
      }
    }
  }

  private void done(HttpServletRequest request, HttpServletResponse response, long started) {
    double seconds = (System.nanoTime() - started) / 1e9;
    String method = request.getMethod();
    metrics.left(method);
    metrics.observe(method, RouteNames.of(request), String.valueOf(response.getStatus()), seconds);
    LOG.atLevel(level)
        .addKeyValue("tenant", Objects.requireNonNullElse(request.getHeader(Tenants.HEADER), ""))
        .addKeyValue("method", method)
        .addKeyValue("path", request.getRequestURI())
        .addKeyValue("status", response.getStatus())
        .addKeyValue("duration", seconds)
        .log("request");
  }

  /// Runs once when an asynchronous request ends, however it ends.
  private static final class AtTheEnd implements AsyncListener {
    private final Runnable action;
    private boolean ran;

    AtTheEnd(Runnable action) {
      this.action = action;
    }

    @Override
    public synchronized void onComplete(AsyncEvent event) {
      if (!ran) {
        ran = true;
        action.run();
      }
    }

    @Override
    public void onTimeout(AsyncEvent event) {
      // the container completes the request afterwards
    }

    @Override
    public void onError(AsyncEvent event) {
      // the container completes the request afterwards
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
      event.getAsyncContext().addListener(this);
    }
  }
}
