package io.vivace.service.tls;

import java.time.Duration;
import java.util.List;

/// What a port with TLS is configured with. Files win over texts.
///
/// @param key configuration key of the mapping, for errors
/// @param certFile certificate chain in PEM, empty when `certPem` has it
/// @param certPem certificate chain in PEM
/// @param keyFile private key in PEM, empty when `keyPem` has it
/// @param keyPem private key in PEM
/// @param clientCaFile certificates of those who sign clients; empty asks no client for a
///   certificate
/// @param clientCaReload whether `clientCaFile` is read again with the certificate
/// @param minVersion oldest protocol: `1.0` to `1.3`, empty for 1.2
/// @param maxVersion newest protocol, empty for 1.3
/// @param cipherSuites allowed suites by their IANA names; empty for the JDK's choice
/// @param reloadInterval how long a certificate is used before its files are looked at again; zero
///   for always
public record TlsSettings(
    String key,
    String certFile,
    String certPem,
    String keyFile,
    String keyPem,
    String clientCaFile,
    boolean clientCaReload,
    String minVersion,
    String maxVersion,
    List<String> cipherSuites,
    Duration reloadInterval) {
  private static final List<String> VERSIONS = List.of("1.0", "1.1", "1.2", "1.3");

  /// Whether the port has TLS at all.
  public boolean enabled() {
    return !(certFile.isEmpty()
        && certPem.isEmpty()
        && keyFile.isEmpty()
        && keyPem.isEmpty()
        && clientCaFile.isEmpty());
  }

  /// The JDK's names of the protocols from `minVersion` to `maxVersion`.
  List<String> protocols() {
    int from = version(".min_version", minVersion, "1.2");
    int to = version(".max_version", maxVersion, "1.3");
    if (from > to) {
      throw new IllegalArgumentException(
          key + ".min_version: " + minVersion + " (expected: at most " + maxVersion + ")");
    }
    return VERSIONS.subList(from, to + 1).stream()
        .map(version -> version.equals("1.0") ? "TLSv1" : "TLSv" + version)
        .toList();
  }

  private int version(String name, String value, String standard) {
    int index = VERSIONS.indexOf(value.isEmpty() ? standard : value);
    if (index < 0) {
      throw new IllegalArgumentException(
          key + name + ": " + value + " (expected: one of " + VERSIONS + ")");
    }
    return index;
  }
}
