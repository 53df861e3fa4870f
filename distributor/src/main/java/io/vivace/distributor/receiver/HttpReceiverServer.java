package io.vivace.distributor.receiver;

import io.vivace.service.config.ReceiversConfig.HttpReceiver;
import io.vivace.service.grpc.PortUnavailableException;
import io.vivace.service.lifecycle.Phases;
import io.vivace.service.tls.ServerTls;
import java.net.InetSocketAddress;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http2.HTTP2Cipher;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/// An HTTP port that receives spans. Requests are handled on virtual threads.
public final class HttpReceiverServer implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(HttpReceiverServer.class);

  /// Longer than a push waits for its ingesters by default.
  private static final long STOP_MILLIS = 10_000;

  private static final int DEFAULT_BODY_BYTES = 20 << 20;
  private static final long DEFAULT_IDLE_MILLIS = 120_000;

  private final Server server;
  private final ServerConnector connector;
  private final String key;

  private HttpReceiverServer(
      InetSocketAddress address,
      String key,
      HttpReceiver config,
      Handler handler,
      Executor executor,
      @Nullable ServerTls tls) {
    this.key = key;
    QueuedThreadPool threads = new QueuedThreadPool(16, 2);
    threads.setName("receiver-" + address.getPort());
    threads.setVirtualThreadsExecutor(executor);
    threads.setDaemon(true);
    this.server = new Server(threads);
    this.connector = new ServerConnector(server, 1, 1, connections(config, tls));
    connector.setHost(address.getAddress() == null ? null : address.getHostString());
    connector.setPort(address.getPort());
    long idle = config.idleTimeout().toMillis();
    connector.setIdleTimeout(idle > 0 ? idle : DEFAULT_IDLE_MILLIS);
    server.addConnector(connector);
    server.setHandler(CrossOrigin.around(handler, config.cors()));
    server.setStopTimeout(STOP_MILLIS);
  }

  /// HTTP/1.1 and HTTP/2: chosen by the client behind TLS, with prior knowledge without it.
  private static ConnectionFactory[] connections(HttpReceiver config, @Nullable ServerTls tls) {
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setSendServerVersion(false);
    configuration.setUriCompliance(UriCompliance.UNSAFE);
    configuration.addCustomizer((request, responseHeaders) -> {
      config.responseHeaders().forEach(responseHeaders::put);
      return request;
    });
    HttpConnectionFactory http = new HttpConnectionFactory(configuration);
    if (tls == null) {
      return new ConnectionFactory[] {http, new HTTP2CServerConnectionFactory(configuration)};
    }
    configuration.addCustomizer(new SecureRequestCustomizer(false));
    ALPNServerConnectionFactory choice = new ALPNServerConnectionFactory();
    choice.setDefaultProtocol(http.getProtocol());
    SslContextFactory.Server secrets = tls.jetty();
    secrets.setCipherComparator(HTTP2Cipher.COMPARATOR);
    return new ConnectionFactory[] {
      new SslConnectionFactory(secrets, choice.getProtocol()),
      choice,
      new HTTP2ServerConnectionFactory(configuration),
      http
    };
  }

  /// A server that is not started yet.
  ///
  /// @param key configuration key of the receiver, such as `distributor.receivers.zipkin`
  /// @param handler answers requests; they run on virtual threads
  public static HttpReceiverServer create(
      String key, HttpReceiver config, ReceiverContext context, Handler handler) {
    String endpointKey = key + ".endpoint";
    return new HttpReceiverServer(
        Endpoint.parse(endpointKey, config.endpoint()),
        endpointKey + ": " + config.endpoint(),
        config,
        handler,
        context.executor(),
        ReceiverSecurity.of(key, config.tls()));
  }

  /// Largest body of a receiver in bytes, before and after decompression.
  public static int maxBodyBytes(HttpReceiver config) {
    long configured = config.maxRequestBodySize();
    return configured > 0 ? (int) Math.min(configured, 1 << 30) : DEFAULT_BODY_BYTES;
  }

  /// The port that is listened on.
  public int port() {
    return connector.getLocalPort();
  }

  @Override
  public void start() {
    try {
      server.start();
    } catch (Exception e) {
      throw new PortUnavailableException(key, String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public void stop() {
    try {
      server.stop();
    } catch (TimeoutException e) {
      // requests in flight are cut then; an idle HTTP/2 connection of a client can cause it, too
      LOG.warn("msg=\"connections were still open at the stop\" key=\"{}\"", key);
    } catch (Exception e) {
      throw new IllegalStateException(key + ": did not stop", e);
    }
  }

  @Override
  public boolean isRunning() {
    return server.isRunning();
  }

  @Override
  public int getPhase() {
    return Phases.RECEIVERS;
  }
}
