package io.vivace.service.storage;

import io.vivace.service.config.GcsConfig;
import io.vivace.service.tls.ClientTls;
import io.vivace.storage.ObjectStore;
import io.vivace.storage.gcs.GcsCredentials;
import io.vivace.storage.gcs.GcsObjectStore;
import io.vivace.storage.gcs.GcsSettings;
import io.vivace.storage.remote.Authorization;
import io.vivace.storage.remote.Hedge;
import io.vivace.storage.remote.HttpTransport;
import io.vivace.storage.remote.StoreObserver;
import java.io.IOException;
import java.time.Clock;

/// Google Cloud Storage as the section `gcs` describes it.
final class GcsStores {
  private static final String EMULATOR = "STORAGE_EMULATOR_HOST";

  private GcsStores() {}

  /// The bucket, which is asked for its first name.
  static ObjectStore of(GcsConfig config, Clock clock, StoreObserver observer) throws IOException {
    String emulator = System.getenv(EMULATOR);
    boolean isEmulator = config.endpoint().isEmpty() && emulator != null && !emulator.isEmpty();
    GcsSettings settings =
        new GcsSettings(
            config.bucketName(),
            GcsSettings.origin(isEmulator ? http(emulator) : config.endpoint()),
            GcsSettings.chunk(config.chunkBufferSize()),
            config.objectCacheControl(),
            config.objectMetadata(),
            config.listBlocksConcurrency());
    Authorization authorization =
        config.insecure() || isEmulator
            ? Authorization.anonymous()
            : GcsCredentials.applicationDefault();
    HttpTransport transport =
        new HttpTransport(
            RemoteStores.TIMEOUT,
            config.insecure()
                ? new ClientTls("storage.trace.gcs", "", "", "", true).context()
                : null,
            observer,
            clock);
    GcsObjectStore store =
        new GcsObjectStore(
            transport,
            authorization,
            settings,
            RemoteStores.calls("gcs bucket " + config.bucketName(), clock, observer));
    return RemoteStores.checked(
        store,
        store::check,
        new Hedge(config.hedgeRequestsAt(), config.hedgeRequestsUpTo()),
        config.prefix(),
        observer);
  }

  private static String http(String emulator) {
    return emulator.contains("://") ? emulator : "http://" + emulator;
  }
}
