package io.vivace.service.tls;

import java.io.IOException;
import java.io.StringReader;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.jspecify.annotations.Nullable;

/// Reads PEM (RFC 7468): certificates, and private keys in each of the forms that certificate
/// authorities hand out: PKCS #8, PKCS #1 and SEC 1.
final class Pem {
  /// The JDK calls the algorithm of elliptic curve keys `EC`, the library `ECDSA`.
  private static final JcaPEMKeyConverter KEYS =
      new JcaPEMKeyConverter().setAlgorithmMapping(X9ObjectIdentifiers.id_ecPublicKey, "EC");

  private Pem() {}

  /// Every certificate of `text`, in its order.
  ///
  /// @param key configuration key, for the error
  static List<X509Certificate> certificates(String key, String text)
      throws GeneralSecurityException {
    List<X509Certificate> certificates = new ArrayList<>();
    JcaX509CertificateConverter converter = new JcaX509CertificateConverter();
    for (Object object : objects(key, text)) {
      if (object instanceof X509CertificateHolder holder) {
        certificates.add(converter.getCertificate(holder));
      }
    }
    if (certificates.isEmpty()) {
      throw new GeneralSecurityException(key + ": no certificate (expected: PEM)");
    }
    return certificates;
  }

  /// The first private key of `text`.
  ///
  /// @param key configuration key, for the error
  static PrivateKey privateKey(String key, String text) throws GeneralSecurityException {
    for (Object object : objects(key, text)) {
      PrivateKeyInfo info = privateKeyInfo(object);
      if (info != null) {
        try {
          return KEYS.getPrivateKey(info);
        } catch (IOException e) {
          throw new GeneralSecurityException(key + ": private key of an unknown kind", e);
        }
      }
    }
    throw new GeneralSecurityException(
        key + ": no private key (expected: PEM, without a password)");
  }

  /// Whether the certificate is about the public half of `key`.
  static boolean belongTogether(PrivateKey key, X509Certificate certificate)
      throws GeneralSecurityException {
    String algorithm =
        switch (key.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> key.getAlgorithm();
        };
    Signature signature = Signature.getInstance(algorithm);
    signature.initSign(key);
    signature.update((byte) 1);
    byte[] signed = signature.sign();
    try {
      signature.initVerify(certificate.getPublicKey());
      signature.update((byte) 1);
      return signature.verify(signed);
    } catch (InvalidKeyException | SignatureException e) {
      return false;
    }
  }

  private static @Nullable PrivateKeyInfo privateKeyInfo(Object object) {
    return switch (object) {
      case PrivateKeyInfo info -> info;
      case PEMKeyPair pair -> pair.getPrivateKeyInfo();
      default -> null;
    };
  }

  private static List<Object> objects(String key, String text) throws GeneralSecurityException {
    List<Object> objects = new ArrayList<>();
    try (PEMParser parser = new PEMParser(new StringReader(text))) {
      for (Object next = parser.readObject(); next != null; next = parser.readObject()) {
        objects.add(next);
      }
      return objects;
    } catch (IOException | IllegalArgumentException e) {
      throw new GeneralSecurityException(key + ": not readable (expected: PEM)", e);
    }
  }
}
