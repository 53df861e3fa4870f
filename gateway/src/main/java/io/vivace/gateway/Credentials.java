package io.vivace.gateway;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The names and passwords of an htpasswd file, which is read again when it changes. Passwords that
/// were right are remembered, as a keyed hash: bcrypt for every request would cost more than the
/// request.
final class Credentials {
  private static final Logger LOG = LoggerFactory.getLogger(Credentials.class);
  private static final int REMEMBERED = 1024;

  private final Path file;
  private final byte[] key = new byte[32];
  private final Map<String, Boolean> accepted =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
          return size() > REMEMBERED;
        }
      };

  private Htpasswd passwords;
  private FileTime readAt;

  /// @throws IllegalArgumentException when the file cannot be read or holds no usable line
  Credentials(Path file) {
    this.file = file;
    new SecureRandom().nextBytes(key);
    try {
      this.readAt = Files.getLastModifiedTime(file);
      this.passwords = Htpasswd.parse(Files.readString(file));
    } catch (IOException e) {
      throw new IllegalArgumentException(problem(file.toString()), e);
    }
    if (passwords.isEmpty()) {
      throw new IllegalArgumentException(problem(file.toString()));
    }
  }

  private static String problem(String file) {
    return "gateway.basic_auth.htpasswd_file: " + file + " (expected: a file with lines name:hash)";
  }

  /// Whether the password is that of the name.
  boolean accept(String name, String password) {
    Htpasswd current = current();
    String remembered = keyed(name + ":" + password);
    synchronized (accepted) {
      if (accepted.containsKey(remembered)) {
        return true;
      }
    }
    if (!current.accept(name, password)) {
      return false;
    }
    synchronized (accepted) {
      if (current == passwords) {
        Boolean _ = accepted.put(remembered, true);
      }
    }
    return true;
  }

  /// A file that cannot be read or became empty leaves the old passwords in force.
  private Htpasswd current() {
    synchronized (accepted) {
      try {
        FileTime modified = Files.getLastModifiedTime(file);
        if (!modified.equals(readAt)) {
          Htpasswd read = Htpasswd.parse(Files.readString(file));
          readAt = modified;
          if (read.isEmpty()) {
            LOG.atError().addKeyValue("file", file).log("no lines name:hash, the old ones stay");
          } else {
            passwords = read;
            accepted.clear();
          }
        }
      } catch (IOException e) {
        LOG.atError().addKeyValue("file", file).setCause(e).log("passwords not read again");
      }
      return passwords;
    }
  }

  private String keyed(String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }
}
