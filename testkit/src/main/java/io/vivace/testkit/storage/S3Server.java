package io.vivace.testkit.storage;

import io.vivace.testkit.ForkedClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// A server that speaks S3 in a JVM of its own: somebody else's, no fake of ours.
public final class S3Server implements AutoCloseable {
  /// Who may ask.
  public static final String ACCESS_KEY = "vivace";

  /// Belongs to [#ACCESS_KEY].
  public static final String SECRET_KEY = "vivace-secret";

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Path buckets;
  private final int port;
  private final Path log;
  private ForkedClient server;

  private S3Server(Path buckets, int port, Path log) throws IOException {
    this.buckets = buckets;
    this.port = port;
    this.log = log;
    this.server = fork();
  }

  /// Starts a server and waits until it listens.
  ///
  /// @param folder takes its buckets and its log
  public static S3Server start(Path folder) throws IOException {
    Path buckets = Files.createDirectories(folder.resolve("buckets"));
    return new S3Server(buckets, freePort(), folder.resolve("s3-server.log"));
  }

  private ForkedClient fork() throws IOException {
    ForkedClient client =
        ForkedClient.start(
            "s3-server",
            "io.vivace.clients.s3.S3Server",
            log,
            List.of(buckets.toString(), String.valueOf(port), ACCESS_KEY, SECRET_KEY));
    await(client);
    return client;
  }

  private void await(ForkedClient client) throws IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!listens()) {
      if (!client.isRunning() || System.nanoTime() > end) {
        client.close();
        throw new IOException("S3 server: not listening: " + Files.readString(log));
      }
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
  }

  private boolean listens() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /// Host and port, as the key `endpoint` has it.
  public String endpoint() {
    return "127.0.0.1:" + port;
  }

  /// Makes a bucket.
  public void createBucket(String name) throws IOException {
    Files.createDirectories(buckets.resolve(name));
  }

  /// The file that holds an object.
  public Path file(String bucket, String key) {
    return buckets.resolve(bucket).resolve(key);
  }

  /// Ends the server; its buckets stay.
  public void stop() {
    server.close();
  }

  /// Starts the server again on its port.
  public void restart() throws IOException {
    server = fork();
  }

  @Override
  public void close() {
    server.close();
  }
}
