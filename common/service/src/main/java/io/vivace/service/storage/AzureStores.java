package io.vivace.service.storage;

import io.vivace.service.config.AzureConfig;
import io.vivace.storage.ObjectStore;
import io.vivace.storage.azure.AzureObjectStore;
import io.vivace.storage.azure.AzureSettings;
import io.vivace.storage.azure.AzureSigner;
import io.vivace.storage.azure.AzureTokens;
import io.vivace.storage.azure.SharedKey;
import io.vivace.storage.remote.Hedge;
import io.vivace.storage.remote.HttpTransport;
import io.vivace.storage.remote.StoreObserver;
import java.io.IOException;
import java.time.Clock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Azure Blob Storage as the section `azure` describes it.
final class AzureStores {
  private AzureStores() {}

  /// The container, which is asked for its first name.
  static ObjectStore of(AzureConfig config, Clock clock, StoreObserver observer)
      throws IOException {
    String account = or(config.storageAccountName(), "AZURE_STORAGE_ACCOUNT", System::getenv);
    AzureSettings settings =
        new AzureSettings(
            account,
            config.containerName(),
            AzureSettings.url(account, config.containerName(), config.endpointSuffix()),
            config.bufferSize(),
            config.maxBuffers());
    AzureObjectStore store =
        new AzureObjectStore(
            new HttpTransport(RemoteStores.TIMEOUT, null, observer, clock),
            signer(config, account, System::getenv),
            settings,
            RemoteStores.calls("azure container " + config.containerName(), clock, observer),
            clock);
    return RemoteStores.checked(
        store,
        store::check,
        new Hedge(config.hedgeRequestsAt(), config.hedgeRequestsUpTo()),
        config.prefix(),
        observer);
  }

  /// The key, else the identity that the cluster vouches for, else the machine's.
  static AzureSigner signer(
      AzureConfig config, String account, UnaryOperator<@Nullable String> environment) {
    String key = or(config.storageAccountKey().value(), "AZURE_STORAGE_KEY", environment);
    if (!key.isEmpty()) {
      return new SharedKey(account, key);
    }
    if (config.useFederatedToken()) {
      return AzureTokens.federated(environment);
    }
    if (config.useManagedIdentity() || !config.userAssignedId().isEmpty()) {
      return AzureTokens.managedIdentity(config.userAssignedId());
    }
    throw new IllegalArgumentException(
        "storage.trace.azure.storage_account_key: empty (expected: a key, the variable"
            + " AZURE_STORAGE_KEY, use_federated_token or use_managed_identity)");
  }

  private static String or(
      String value, String variable, UnaryOperator<@Nullable String> environment) {
    String fromEnvironment = value.isEmpty() ? environment.apply(variable) : value;
    return fromEnvironment == null ? "" : fromEnvironment;
  }
}
