package io.vivace.distributor.receiver;

import io.vivace.service.config.ReceiversConfig.ReceiverTls;
import io.vivace.service.tls.ServerTls;
import io.vivace.service.tls.TlsSettings;
import org.jspecify.annotations.Nullable;

/// TLS of a receiver's port as its configuration says.
final class ReceiverSecurity {
  private ReceiverSecurity() {}

  /// The TLS of a port, null for plain text.
  ///
  /// @param key configuration key of the receiver
  static @Nullable ServerTls of(String key, ReceiverTls tls) {
    TlsSettings settings =
        new TlsSettings(
            key + ".tls",
            tls.certFile(),
            tls.certPem(),
            tls.keyFile(),
            tls.keyPem().value(),
            tls.clientCaFile(),
            tls.clientCaFileReload(),
            tls.minVersion(),
            tls.maxVersion(),
            tls.cipherSuites(),
            tls.reloadInterval());
    return settings.enabled() ? new ServerTls(settings, System::nanoTime) : null;
  }
}
