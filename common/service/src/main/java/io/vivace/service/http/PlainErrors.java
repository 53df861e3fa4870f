package io.vivace.service.http;

import io.vivace.service.error.ErrorCode;
import io.vivace.service.error.ServiceException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.web.ErrorResponse;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/// Turns every exception of a handler into plain text with the right status. A fault of ours is
/// logged; the client reads only that there was one.
final class PlainErrors implements HandlerExceptionResolver, Ordered {
  private static final Logger LOG = LoggerFactory.getLogger(PlainErrors.class);

  @Override
  public ModelAndView resolveException(
      HttpServletRequest request,
      HttpServletResponse response,
      @Nullable Object handler,
      Exception failure) {
    try {
      switch (failure) {
        case ServiceException known ->
            PlainText.write(response, known.code().httpStatus(), known.text());
        case ErrorResponse spring -> spring(response, spring.getStatusCode().value(), failure);
        default -> {
          LOG.atError()
              .addKeyValue("method", request.getMethod())
              .addKeyValue("path", request.getRequestURI())
              .setCause(failure)
              .log("request failed");
          PlainText.write(response, ErrorCode.INTERNAL.httpStatus(), "internal error");
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the client went away", e);
    }
    return new ModelAndView();
  }

  private static void spring(HttpServletResponse response, int status, Exception failure)
      throws IOException {
    switch (status) {
      case 404 -> PlainText.write(response, status, PlainText.NOT_FOUND);
      case 405 -> response.setStatus(status);
      default -> PlainText.write(response, status, String.valueOf(failure.getMessage()));
    }
  }

  @Override
  public int getOrder() {
    return Ordered.HIGHEST_PRECEDENCE;
  }
}
