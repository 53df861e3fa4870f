package io.vivace.distributor.receiver.jaeger;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads the header `Content-Type` (RFC 9110, section 8.3), with the words of Go's `mime` for what
/// is none, which clients of Jaeger see.
final class ContentTypes {
  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
  private static final Pattern PARAMETERS =
      Pattern.compile(
          "(\\s*;\\s*" + TOKEN + "\\s*=\\s*(" + TOKEN + "|\"([^\"\\\\]|\\\\.)*+\"))*+\\s*;?\\s*");
  private static final Pattern LEADING_TOKEN = Pattern.compile("(" + TOKEN + ")?");

  private ContentTypes() {}

  /// The header is no content type.
  static final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1;

    UnreadableException(String message) {
      super(message);
    }
  }

  /// The media type in `header` in lower case, without parameters.
  ///
  /// @throws UnreadableException when there is none
  static String mediaType(String header) throws UnreadableException {
    int semicolon = header.indexOf(';');
    String type =
        (semicolon < 0 ? header : header.substring(0, semicolon)).trim().toLowerCase(Locale.ROOT);
    check(type);
    if (semicolon >= 0 && !PARAMETERS.matcher(header.substring(semicolon)).matches()) {
      throw new UnreadableException("mime: invalid media parameter");
    }
    return type;
  }

  private static void check(String type) throws UnreadableException {
    int slash = tokenEnd(type, 0);
    if (slash == 0) {
      throw new UnreadableException("mime: no media type");
    }
    if (slash == type.length()) {
      return;
    }
    if (type.charAt(slash) != '/') {
      throw new UnreadableException("mime: expected slash after first token");
    }
    int end = tokenEnd(type, slash + 1);
    if (end == slash + 1) {
      throw new UnreadableException("mime: expected token after slash");
    }
    if (end < type.length()) {
      throw new UnreadableException("mime: unexpected content after media subtype");
    }
  }

  private static int tokenEnd(String text, int from) {
    Matcher matcher = LEADING_TOKEN.matcher(text).region(from, text.length());
    return matcher.lookingAt() ? matcher.end() : from;
  }
}
