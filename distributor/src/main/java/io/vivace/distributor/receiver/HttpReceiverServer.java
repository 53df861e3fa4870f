package io.vivace.distributor.receiver;

import io.vivace.service.grpc.PortUnavailableException;
import io.vivace.service.lifecycle.Phases;
import java.net.InetSocketAddress;
import java.util.concurrent.Executor;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.springframework.context.SmartLifecycle;

/// An HTTP port that receives spans. Requests are handled on virtual threads.
public final class HttpReceiverServer implements SmartLifecycle {
  private static final long STOP_MILLIS = 30_000;

  private final Server server;
  private final ServerConnector connector;
  private final String key;

  /// A server that is not started yet.
  ///
  /// @param key the configuration key of the endpoint, for the error when the port is taken
  /// @param executor runs the requests: virtual threads
  /// @param idleMillis a connection without traffic for this long is closed
  public HttpReceiverServer(
      InetSocketAddress address, String key, Handler handler, Executor executor, long idleMillis) {
    this.key = key;
    QueuedThreadPool threads = new QueuedThreadPool(16, 2);
    threads.setName("receiver-" + address.getPort());
    threads.setVirtualThreadsExecutor(executor);
    threads.setDaemon(true);
    this.server = new Server(threads);
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setSendServerVersion(false);
    configuration.setUriCompliance(UriCompliance.UNSAFE);
    this.connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration));
    connector.setHost(address.getAddress() == null ? null : address.getHostString());
    connector.setPort(address.getPort());
    connector.setIdleTimeout(idleMillis);
    server.addConnector(connector);
    server.setHandler(handler);
    server.setStopTimeout(STOP_MILLIS);
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
