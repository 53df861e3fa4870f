package io.vivace.testkit;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;

/// A certificate authority for tests: its certificates are for `127.0.0.1`, valid from an hour
/// before now to a day after.
public final class Certificates {
  private final KeyPair keys;
  private final X509Certificate authority;
  private final Instant now;
  private long serial = 1;

  /// A new authority.
  ///
  /// @param now the middle of the time in which its certificates are good
  public Certificates(String name, Instant now) {
    this.now = now;
    this.keys = keyPair();
    this.authority = sign(name, keys, name, keys.getPrivate(), true);
  }

  /// The authority's own certificate.
  public X509Certificate authority() {
    return authority;
  }

  /// A certificate with its key.
  public Identity issue(String name) {
    KeyPair pair = keyPair();
    String issuer = authority.getSubjectX500Principal().getName();
    X509Certificate certificate =
        sign(name, pair, issuer.substring("CN=".length()), keys.getPrivate(), false);
    return new Identity(certificate, pair.getPrivate());
  }

  /// A certificate and its private key.
  ///
  /// @param certificate for servers and clients
  /// @param key on the curve P-256
  public record Identity(X509Certificate certificate, PrivateKey key) {
    /// The key as SEC 1, which begins with `EC PRIVATE KEY`.
    public String traditionalKey() {
      BigInteger secret = ((java.security.interfaces.ECPrivateKey) key).getS();
      ECPrivateKey structure = new ECPrivateKey(256, secret, SECObjectIdentifiers.secp256r1);
      try {
        return pem(new PemObject("EC PRIVATE KEY", structure.getEncoded()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /// The key as PKCS #8.
    public String pkcs8Key() {
      try {
        return pem(new JcaPKCS8Generator(key, null));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /// `object` in PEM.
  public static String pem(Object object) {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(object);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static KeyPair keyPair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private X509Certificate sign(
      String subject, KeyPair pair, String issuer, PrivateKey issuerKey, boolean authorityItself) {
    X509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            new X500Principal("CN=" + issuer),
            BigInteger.valueOf(serial++),
            Date.from(now.minus(Duration.ofHours(1))),
            Date.from(now.plus(Duration.ofDays(1))),
            new X500Principal("CN=" + subject),
            pair.getPublic());
    try {
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authorityItself));
      builder.addExtension(
          Extension.subjectAlternativeName,
          false,
          new GeneralNames(
              new GeneralName[] {
                new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
                new GeneralName(GeneralName.dNSName, "localhost")
              }));
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(issuerKey)));
    } catch (CertIOException | OperatorCreationException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
