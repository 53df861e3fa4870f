package io.vivace.service.grpc;

import io.grpc.Server;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.context.SmartLifecycle;

/// A gRPC server as a bean: bound in its phase on the way up; on the way down it refuses new calls,
/// waits for those in flight, then cuts them.
public final class GrpcServerBean implements SmartLifecycle {
  private final Server server;
  private final String name;
  private final int phase;
  private final Duration grace;
  private volatile boolean running;

  /// @param server not yet started
  /// @param name configuration key of the port, for the error when it is taken
  /// @param phase one of [io.vivace.service.lifecycle.Phases]
  /// @param grace how long calls in flight may take to end
  public GrpcServerBean(Server server, String name, int phase, Duration grace) {
    this.server = server;
    this.name = name;
    this.phase = phase;
    this.grace = grace;
  }

  /// The port that is listened on; -1 before the start and for servers in the process.
  public int port() {
    return server.getPort();
  }

  @Override
  public void start() {
    try {
      server.start();
      running = true;
    } catch (IOException e) {
      throw new PortUnavailableException(name, String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public void stop() {
    running = false;
    server.shutdown();
    try {
      if (!server.awaitTermination(grace.toMillis(), TimeUnit.MILLISECONDS)) {
        server.shutdownNow();
      }
    } catch (InterruptedException e) {
      server.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return phase;
  }
}
