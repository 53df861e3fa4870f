package io.vivace.service.http;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/// Sends a path with `//`, `/./` or `/../` to the clean one, as Go's router does.
final class CleanPathFilter implements Filter {
  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest http = (HttpServletRequest) request;
    String path = http.getRequestURI();
    String clean = clean(path);
    if (clean.equals(path) || path.startsWith("*")) {
      chain.doFilter(request, response);
      return;
    }
    HttpServletResponse answer = (HttpServletResponse) response;
    String query = http.getQueryString();
    answer.setStatus(HttpServletResponse.SC_MOVED_PERMANENTLY);
    answer.setHeader("Location", query == null ? clean : clean + "?" + query);
  }

  /// Go's `path.Clean`, with the slash at the end kept.
  static String clean(String path) {
    if (!path.contains("//") && !path.contains("/.")) {
      return path;
    }
    Deque<String> segments = new ArrayDeque<>();
    for (String segment : path.split("/", -1)) {
      switch (segment) {
        case "", "." -> {}
        case ".." -> segments.pollLast();
        default -> segments.addLast(segment);
      }
    }
    String clean = "/" + String.join("/", segments);
    return path.endsWith("/") && clean.length() > 1 ? clean + "/" : clean;
  }
}
