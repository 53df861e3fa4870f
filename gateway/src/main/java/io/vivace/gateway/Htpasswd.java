package io.vivace.gateway;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.codec.digest.Crypt;
import org.apache.commons.codec.digest.Md5Crypt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.crypto.bcrypt.BCrypt;

/// The lines of an htpasswd file: `name:hash`, where the hash is bcrypt (`$2a$`, `$2b$`, `$2y$`),
/// Apache's MD5 (`$apr1$`), MD5-, SHA-256- or SHA-512-crypt (`$1$`, `$5$`, `$6$`), `{SHA}` or
/// `{SSHA}`. Source of the kinds: what nginx takes. Plain text and DES are no hashes here.
final class Htpasswd {
  private static final Logger LOG = LoggerFactory.getLogger(Htpasswd.class);

  /// Compared with for names that are unknown, so that they take as long as known ones.
  private static final String NOBODY =
      "$2a$10$7EqJtq98hPqEX7fNZaFWoOe8kJqkQ0Zl7Y9mWf5m5vQ0yE8g1oW7u";

  private final Map<String, String> hashes;

  private Htpasswd(Map<String, String> hashes) {
    this.hashes = hashes;
  }

  /// Reads the lines. Blank lines and lines that begin with `#` are skipped, and so, with an error
  /// in the log, is what has no hash of a known kind. The first line of a name counts.
  static Htpasswd parse(String text) {
    Map<String, String> hashes = new LinkedHashMap<>();
    for (String line : text.lines().map(String::strip).toList()) {
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      int colon = line.indexOf(':');
      String name = colon < 0 ? line : line.substring(0, colon);
      String hash = colon < 0 ? "" : line.substring(colon + 1).replaceFirst(":.*", "");
      if (name.isEmpty() || !isKnown(hash)) {
        LOG.atError()
            .addKeyValue("user", name)
            .log("htpasswd: no hash of a known kind (bcrypt, apr1, SHA, SSHA, SHA-crypt)");
        continue;
      }
      hashes.putIfAbsent(name, hash);
    }
    return new Htpasswd(hashes);
  }

  private static boolean isKnown(String hash) {
    return hash.matches(
        "\\$2[aby]\\$\\d\\d\\$[./A-Za-z0-9]{53}"
            + "|\\$(apr1|1|5|6)\\$.*\\$.+"
            + "|\\{S?SHA}[A-Za-z0-9+/]+=*");
  }

  /// Whether there is nobody.
  boolean isEmpty() {
    return hashes.isEmpty();
  }

  /// Whether the password is that of the name.
  boolean accept(String name, String password) {
    String hash = hashes.get(name);
    boolean matches = matches(password, hash == null ? NOBODY : hash);
    return hash != null && matches;
  }

  private static boolean matches(String password, String hash) {
    byte[] bytes = password.getBytes(StandardCharsets.UTF_8);
    try {
      if (hash.startsWith("$2")) {
        // longer passwords are cut by every implementation of bcrypt
        return BCrypt.checkpw(Arrays.copyOf(bytes, Math.min(bytes.length, 72)), hash);
      }
      if (hash.startsWith("{")) {
        return matchesSha(bytes, hash);
      }
      String again =
          hash.startsWith("$apr1$") ? Md5Crypt.apr1Crypt(bytes, hash) : Crypt.crypt(bytes, hash);
      return same(again.getBytes(StandardCharsets.UTF_8), hash.getBytes(StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      LOG.atError().setCause(e).log("htpasswd: a hash that cannot be computed");
      return false;
    }
  }

  /// SHA-1 of the password, and of a salt that stands behind the twenty bytes.
  private static boolean matchesSha(byte[] password, String hash) {
    byte[] decoded = Base64.getDecoder().decode(hash.substring(hash.indexOf('}') + 1));
    if (decoded.length < 20) {
      return false;
    }
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-1");
      digest.update(password);
      digest.update(decoded, 20, decoded.length - 20);
      return same(digest.digest(), Arrays.copyOf(decoded, 20));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-1", e);
    }
  }

  private static boolean same(byte[] left, byte[] right) {
    return MessageDigest.isEqual(left, right);
  }
}
