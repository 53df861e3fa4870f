package io.vivace.service.config;

import java.time.Duration;
import java.util.Map;

/// Google Cloud Storage.
///
/// @param bucketName key `bucket_name`
/// @param prefix key `prefix`
/// @param chunkBufferSize key `chunk_buffer_size`
/// @param endpoint key `endpoint`
/// @param hedgeRequestsAt key `hedge_requests_at`
/// @param hedgeRequestsUpTo key `hedge_requests_up_to`
/// @param insecure key `insecure`
/// @param objectCacheControl key `object_cache_control`
/// @param objectMetadata key `object_metadata`
/// @param listBlocksConcurrency key `list_blocks_concurrency`
public record GcsConfig(
    String bucketName,
    String prefix,
    int chunkBufferSize,
    String endpoint,
    Duration hedgeRequestsAt,
    int hedgeRequestsUpTo,
    boolean insecure,
    String objectCacheControl,
    Map<String, String> objectMetadata,
    int listBlocksConcurrency) {}
