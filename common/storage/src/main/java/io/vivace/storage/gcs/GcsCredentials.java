package io.vivace.storage.gcs;

import com.google.auth.oauth2.GoogleCredentials;
import io.vivace.storage.remote.Authorization;
import io.vivace.storage.remote.StoreException;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;

/// Application default credentials: the file that `GOOGLE_APPLICATION_CREDENTIALS` names (a service
/// account, or an identity of another provider), the user's file, the machine's service account.
public final class GcsCredentials {
  private static final String SCOPE = "https://www.googleapis.com/auth/devstorage.read_write";

  private GcsCredentials() {}

  /// Looks for them.
  ///
  /// @throws IOException when there are none
  public static Authorization applicationDefault() throws IOException {
    return of(GoogleCredentials.getApplicationDefault());
  }

  /// Uses these.
  public static Authorization of(GoogleCredentials credentials) {
    GoogleCredentials scoped =
        credentials.createScopedRequired() ? credentials.createScoped(SCOPE) : credentials;
    return () -> headers(scoped);
  }

  private static Map<String, List<String>> headers(GoogleCredentials credentials)
      throws IOException {
    try {
      return credentials.getRequestMetadata(URI.create(GcsSettings.GOOGLE));
    } catch (IOException e) {
      throw new StoreException(
          StoreException.Kind.THROTTLED, 0, "no access token: " + e.getMessage(), null, e);
    }
  }
}
