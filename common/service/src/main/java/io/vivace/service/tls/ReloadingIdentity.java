package io.vivace.service.tls;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The certificate of a port and those who may sign its clients, read again at a handshake when
/// they are older than the reload interval. Files that cannot be read then are logged, and the last
/// good ones stay in use.
final class ReloadingIdentity {
  private static final Logger LOG = LoggerFactory.getLogger(ReloadingIdentity.class);
  private static final long RETRY_NANOS = 10_000_000_000L;
  private static final char[] NO_PASSWORD = new char[0];

  private final TlsSettings settings;
  private final LongSupplier nanoTime;
  private final AtomicLong loadedAt;
  private volatile X509ExtendedKeyManager keys;
  private volatile @Nullable X509ExtendedTrustManager clients;

  ReloadingIdentity(TlsSettings settings, LongSupplier nanoTime)
      throws GeneralSecurityException, IOException {
    this.settings = settings;
    this.nanoTime = nanoTime;
    this.loadedAt = new AtomicLong(nanoTime.getAsLong());
    this.keys = readKeys();
    this.clients = settings.clientCaFile().isEmpty() ? null : readClients();
  }

  X509ExtendedKeyManager keyManager() {
    return new Keys();
  }

  X509ExtendedTrustManager trustManager() {
    return new Clients();
  }

  private void reloadWhenDue() {
    long interval = settings.reloadInterval().toNanos();
    long now = nanoTime.getAsLong();
    long last = loadedAt.get();
    if (interval <= 0 || now - last < interval || !loadedAt.compareAndSet(last, now)) {
      return;
    }
    try {
      keys = readKeys();
      if (clients != null && settings.clientCaReload()) {
        clients = readClients();
      }
    } catch (GeneralSecurityException | IOException | RuntimeException e) {
      LOG.error("msg=\"certificate not read again, the old one stays\" key={}", settings.key(), e);
      // the files may be in the middle of a change: soon again, whatever the interval
      loadedAt.set(now - interval + Math.min(interval, RETRY_NANOS));
    }
  }

  private X509ExtendedKeyManager readKeys() throws GeneralSecurityException, IOException {
    String certKey = settings.certFile().isEmpty() ? "cert_pem" : "cert_file";
    String keyKey = settings.keyFile().isEmpty() ? "key_pem" : "key_file";
    List<X509Certificate> chain =
        Pem.certificates(certKey, text(settings.certFile(), settings.certPem()));
    PrivateKey key = Pem.privateKey(keyKey, text(settings.keyFile(), settings.keyPem()));
    if (!Pem.belongTogether(key, chain.getFirst())) {
      throw new GeneralSecurityException(keyKey + ": (expected: the key of " + certKey + ")");
    }
    KeyStore store = emptyStore();
    store.setKeyEntry("server", key, NO_PASSWORD, chain.toArray(X509Certificate[]::new));
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, NO_PASSWORD);
    return (X509ExtendedKeyManager) factory.getKeyManagers()[0];
  }

  private X509ExtendedTrustManager readClients() throws GeneralSecurityException, IOException {
    KeyStore store = emptyStore();
    String text = Files.readString(Path.of(settings.clientCaFile()));
    int index = 0;
    for (X509Certificate certificate : Pem.certificates("client_ca_file", text)) {
      store.setCertificateEntry("client-ca-" + index++, certificate);
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
  }

  private static String text(String file, String pem) throws IOException {
    return file.isEmpty() ? pem : Files.readString(Path.of(file));
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, NO_PASSWORD);
    return store;
  }

  private final class Keys extends X509ExtendedKeyManager {
    @Override
    public @Nullable String chooseEngineServerAlias(
        String type, Principal @Nullable [] issuers, SSLEngine engine) {
      reloadWhenDue();
      return keys.chooseEngineServerAlias(type, issuers, engine);
    }

    @Override
    public @Nullable String chooseServerAlias(
        String type, Principal @Nullable [] issuers, Socket socket) {
      reloadWhenDue();
      return keys.chooseServerAlias(type, issuers, socket);
    }

    @Override
    public String @Nullable [] getServerAliases(String type, Principal @Nullable [] issuers) {
      return keys.getServerAliases(type, issuers);
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
      return keys.getCertificateChain(alias);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
      return keys.getPrivateKey(alias);
    }

    @Override
    public String @Nullable [] getClientAliases(String type, Principal @Nullable [] issuers) {
      return null;
    }

    @Override
    public @Nullable String chooseClientAlias(
        String[] types, Principal @Nullable [] issuers, Socket socket) {
      return null;
    }
  }

  private final class Clients extends X509ExtendedTrustManager {
    private X509ExtendedTrustManager trusted() throws CertificateException {
      X509ExtendedTrustManager current = clients;
      if (current == null) {
        throw new CertificateException("client certificate (expected: none)");
      }
      return current;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      trusted().checkClientTrusted(chain, type, engine);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      trusted().checkClientTrusted(chain, type, socket);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      trusted().checkClientTrusted(chain, type);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      throw new CertificateException("server certificate (expected: a client's)");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      throw new CertificateException("server certificate (expected: a client's)");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      throw new CertificateException("server certificate (expected: a client's)");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      X509ExtendedTrustManager current = clients;
      return current == null ? new X509Certificate[0] : current.getAcceptedIssuers();
    }
  }
}
