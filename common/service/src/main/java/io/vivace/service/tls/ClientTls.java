package io.vivace.service.tls;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// How a client of ours encrypts its connections: Tempo's keys `tls_ca_path`, `tls_cert_path`,
/// `tls_key_path` and `tls_insecure_skip_verify`.
///
/// @param key configuration key that the others hang on, for errors
/// @param caFile certificates of those who sign servers, in PEM; empty for the JDK's
/// @param certFile our certificate chain in PEM; empty for none
/// @param keyFile the private key of `certFile`
/// @param skipVerify whether any certificate will do
public record ClientTls(
    String key, String caFile, String certFile, String keyFile, boolean skipVerify) {

  /// A context that does as configured.
  ///
  /// @throws IllegalArgumentException when a file cannot be used
  public SSLContext context() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys(), trust(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException(key + ".tls_*: " + e.getMessage(), e);
    }
  }

  private KeyManager @Nullable [] keys() throws IOException, GeneralSecurityException {
    if (certFile.isEmpty() && keyFile.isEmpty()) {
      return null;
    }
    PrivateKey secret = Pem.privateKey(key + ".tls_key_path", read(keyFile, ".tls_key_path"));
    List<X509Certificate> chain =
        Pem.certificates(key + ".tls_cert_path", read(certFile, ".tls_cert_path"));
    if (!Pem.belongTogether(secret, chain.getFirst())) {
      throw new GeneralSecurityException("key (expected: the certificate's)");
    }
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    store.setKeyEntry("client", secret, new char[0], chain.toArray(Certificate[]::new));
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, new char[0]);
    return factory.getKeyManagers();
  }

  private TrustManager @Nullable [] trust() throws IOException, GeneralSecurityException {
    if (skipVerify) {
      return new TrustManager[] {new Anybody()};
    }
    if (caFile.isEmpty()) {
      return null;
    }
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    int count = 0;
    for (X509Certificate ca :
        Pem.certificates(key + ".tls_ca_path", read(caFile, ".tls_ca_path"))) {
      store.setCertificateEntry("ca-" + count++, ca);
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  private String read(String file, String name) throws IOException {
    if (file.isEmpty()) {
      throw new IOException(key + name + ": empty (expected: a file, the other one is given)");
    }
    try {
      return Files.readString(Path.of(file));
    } catch (IOException e) {
      throw new IOException(key + name + ": " + file + " (expected: a readable file)", e);
    }
  }

  /// Takes every certificate, whoever it is about.
  private static final class Anybody extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
