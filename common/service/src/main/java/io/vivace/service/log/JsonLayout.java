package io.vivace.service.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import java.util.Map;

/// One JSON object a line; every value is a text.
final class JsonLayout extends LayoutBase<ILoggingEvent> {
  @Override
  public String doLayout(ILoggingEvent event) {
    Map<String, String> fields = EventFields.of(event);
    if (event.getThrowableProxy() != null) {
      fields.put("stack", ThrowableProxyUtil.asString(event.getThrowableProxy()));
    }
    StringBuilder line = new StringBuilder(200);
    fields.forEach((key, value) -> {
      line.append(line.isEmpty() ? '{' : ',');
      Quoted.append(line, key);
      line.append(':');
      Quoted.append(line, value);
    });
    return line.append("}\n").toString();
  }
}
