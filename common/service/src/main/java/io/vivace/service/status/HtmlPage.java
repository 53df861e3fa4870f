package io.vivace.service.status;

/// A page for people.
final class HtmlPage {
  private HtmlPage() {}

  /// @param body HTML, already escaped
  static String of(String title, String body) {
    return """
    <!DOCTYPE html>
    <html>
    <head>
        <meta charset="UTF-8">
        <title>%s</title>
    </head>
    <body>
    <h1>%s</h1>
    %s
    </body>
    </html>
    """
        .formatted(title, title, body);
  }
}
