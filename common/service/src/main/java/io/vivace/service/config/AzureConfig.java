package io.vivace.service.config;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Azure Blob Storage.
///
/// @param storageAccountName key `storage_account_name`
/// @param storageAccountKey key `storage_account_key`
/// @param useManagedIdentity key `use_managed_identity`
/// @param useFederatedToken key `use_federated_token`
/// @param userAssignedId key `user_assigned_id`
/// @param containerName key `container_name`
/// @param prefix key `prefix`
/// @param endpointSuffix key `endpoint_suffix`
/// @param maxBuffers key `max_buffers`
/// @param bufferSize key `buffer_size`
/// @param hedgeRequestsAt key `hedge_requests_at`
/// @param hedgeRequestsUpTo key `hedge_requests_up_to`
/// @param others known keys without effect
public record AzureConfig(
    String storageAccountName,
    Secret storageAccountKey,
    boolean useManagedIdentity,
    boolean useFederatedToken,
    String userAssignedId,
    String containerName,
    String prefix,
    String endpointSuffix,
    int maxBuffers,
    int bufferSize,
    Duration hedgeRequestsAt,
    int hedgeRequestsUpTo,
    @Rest Map<String, @Nullable Object> others) {}
