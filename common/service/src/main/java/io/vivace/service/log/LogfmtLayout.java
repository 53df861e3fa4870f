package io.vivace.service.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;

/// `level=info ts=… caller=Launcher msg="listening" port=3200`; a stack trace follows on lines of
/// its own.
final class LogfmtLayout extends LayoutBase<ILoggingEvent> {
  @Override
  public String doLayout(ILoggingEvent event) {
    StringBuilder line = new StringBuilder(200);
    EventFields.of(event)
        .forEach((key, value) -> {
          line.append(line.isEmpty() ? "" : " ").append(key).append('=');
          append(line, value);
        });
    line.append('\n');
    if (event.getThrowableProxy() != null) {
      line.append(ThrowableProxyUtil.asString(event.getThrowableProxy()));
    }
    return line.toString();
  }

  private static void append(StringBuilder line, String value) {
    boolean plain = !value.isEmpty();
    for (int i = 0; plain && i < value.length(); i++) {
      char character = value.charAt(i);
      plain = character > ' ' && character != '"' && character != '=' && character != 127;
    }
    if (plain) {
      line.append(value);
    } else {
      Quoted.append(line, value);
    }
  }
}
