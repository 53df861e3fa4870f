package io.vivace.service.tls;

import io.grpc.netty.GrpcSslContexts;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.function.LongSupplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/// TLS of a port, for gRPC and for HTTP servers.
public final class ServerTls {
  private final TlsSettings settings;
  private final ReloadingIdentity identity;

  /// Reads the certificates once, so that a start fails with what is wrong.
  ///
  /// @param settings with TLS enabled
  /// @param nanoTime a monotonic clock, for the time of reading again
  /// @throws IllegalArgumentException when a file or a setting cannot be used
  public ServerTls(TlsSettings settings, LongSupplier nanoTime) {
    this.settings = settings;
    try {
      settings.protocols();
      this.identity = new ReloadingIdentity(settings, nanoTime);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException(settings.key() + ": " + e.getMessage(), e);
    }
  }

  private boolean asksClients() {
    return !settings.clientCaFile().isEmpty();
  }

  /// For a gRPC server on Netty.
  public SslContext netty() {
    SslContextBuilder builder =
        SslContextBuilder.forServer(identity.keyManager())
            .protocols(settings.protocols())
            .clientAuth(asksClients() ? ClientAuth.REQUIRE : ClientAuth.NONE);
    if (asksClients()) {
      builder.trustManager(identity.trustManager());
    }
    if (!settings.cipherSuites().isEmpty()) {
      builder.ciphers(settings.cipherSuites());
    }
    try {
      return GrpcSslContexts.configure(builder, SslProvider.JDK).build();
    } catch (SSLException e) {
      throw new IllegalArgumentException(settings.key() + ": " + e.getMessage(), e);
    }
  }

  /// For an HTTP server on Jetty.
  public SslContextFactory.Server jetty() {
    SslContextFactory.Server factory = new SslContextFactory.Server();
    factory.setSslContext(context());
    factory.setIncludeProtocols(settings.protocols().toArray(String[]::new));
    factory.setNeedClientAuth(asksClients());
    factory.setSniRequired(false);
    if (!settings.cipherSuites().isEmpty()) {
      factory.setIncludeCipherSuites(settings.cipherSuites().toArray(String[]::new));
    }
    return factory;
  }

  private SSLContext context() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          new KeyManager[] {identity.keyManager()},
          asksClients() ? new TrustManager[] {identity.trustManager()} : null,
          new SecureRandom());
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(settings.key() + ": " + e.getMessage(), e);
    }
  }
}
