package io.vivace.service.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.LayoutBase;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import java.util.List;
import java.util.Locale;
import org.slf4j.LoggerFactory;

/// Sets up logging without configuration files, which costs nothing at start-up.
public final class Logs {
  private static final String OURS = "io.vivace";

  /// Loggers that repeat, at length, what the launcher or the answer to a request says.
  private static final List<String> REPORTED_ELSEWHERE =
      List.of(
          "org.springframework.boot.SpringApplication",
          "org.springframework.boot.diagnostics",
          "org.springframework.context.support",
          "org.springframework.boot.web.servlet.context",
          "org.springframework.boot.web.server.servlet.context",
          "org.springframework.web.servlet.PageNotFound",
          "org.springframework.web.servlet.mvc.support.DefaultHandlerExceptionResolver",
          "org.hibernate.validator");

  private Logs() {}

  /// Logs to standard error from now on.
  ///
  /// @param format `logfmt` or `json` (`server.log_format`)
  /// @param level `debug`, `info`, `warn` or `error` (`server.log_level`)
  public static void configure(String format, String level) {
    // Spring Boot would read its own configuration over this one.
    System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    LayoutBase<ILoggingEvent> layout =
        format.equals("json") ? new JsonLayout() : new LogfmtLayout();
    layout.setContext(context);
    layout.start();
    LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
    encoder.setContext(context);
    encoder.setLayout(layout);
    encoder.start();
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setContext(context);
    appender.setTarget("System.err");
    appender.setEncoder(encoder);
    appender.start();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(level.equals("error") ? Level.ERROR : Level.WARN);
    root.addAppender(appender);
    for (String logger : REPORTED_ELSEWHERE) {
      context.getLogger(logger).setLevel(Level.OFF);
    }
    level(level);
  }

  /// Changes the level of this product's own loggers; others stay at warn.
  public static void level(String level) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.getLogger(OURS).setLevel(Level.toLevel(level, Level.INFO));
  }

  /// The level of this product's own loggers, in lower case.
  public static String level() {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    return context.getLogger(OURS).getEffectiveLevel().toString().toLowerCase(Locale.ROOT);
  }
}
