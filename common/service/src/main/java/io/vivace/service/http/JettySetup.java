package io.vivace.service.http;

import org.eclipse.jetty.ee11.servlet.ServletHandler;
import org.eclipse.jetty.ee11.webapp.WebAppContext;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http2.server.AbstractHTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.springframework.boot.jetty.JettyServerCustomizer;

/// Jetty as Tempo's clients need it: long query strings, paths as they come, no `Server` header, no
/// HTML.
final class JettySetup implements JettyServerCustomizer {
  /// Go's limit for the header of a request, in bytes; a TraceQL query of 128 KiB fits.
  private static final int HEADER_BYTES = 1 << 20;

  private final int concurrentStreams;

  /// @param concurrentStreams gRPC calls and requests at once on one HTTP/2 connection
  JettySetup(int concurrentStreams) {
    this.concurrentStreams = concurrentStreams;
  }

  @Override
  public void customize(Server server) {
    for (Connector connector : server.getConnectors()) {
      for (ConnectionFactory factory : connector.getConnectionFactories()) {
        if (factory instanceof HttpConfiguration.ConnectionFactory http) {
          HttpConfiguration configuration = http.getHttpConfiguration();
          configuration.setUriCompliance(UriCompliance.UNSAFE);
          configuration.setSendServerVersion(false);
          configuration.setRequestHeaderSize(HEADER_BYTES);
        }
        if (factory instanceof AbstractHTTP2ServerConnectionFactory http2) {
          http2.setMaxConcurrentStreams(concurrentStreams);
        }
      }
    }
    server.setErrorHandler(JettySetup::error);
    for (WebAppContext context : server.getDescendants(WebAppContext.class)) {
      ServletHandler handler = context.getServletHandler();
      handler.setDecodeAmbiguousURIs(true);
    }
  }

  /// Requests that never reach a servlet: malformed ones, mostly.
  private static boolean error(Request request, Response response, Callback callback) {
    String text =
        "%d %s".formatted(response.getStatus(), HttpStatus.getMessage(response.getStatus()));
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, PlainText.TYPE);
    Content.Sink.write(response, true, text, callback);
    return true;
  }
}
