package io.vivace.storage.azure;

import java.net.URI;

/// Where a container is and how it is written.
///
/// @param account name of the storage account
/// @param container name of the container
/// @param url the container, without a `/` at the end
/// @param blockBytes how much of a large object is sent in one request
/// @param parallelBlocks how many of them are under way at once
public record AzureSettings(
    String account, String container, URI url, int blockBytes, int parallelBlocks) {
  private static final long MAX_BLOCKS = 50_000;

  /// Refuses what cannot work.
  public AzureSettings {
    if (account.isEmpty()) {
      throw new IllegalArgumentException(
          "storage.trace.azure.storage_account_name: empty (expected: an account, or the variable"
              + " AZURE_STORAGE_ACCOUNT)");
    }
    if (container.isEmpty()) {
      throw new IllegalArgumentException(
          "storage.trace.azure.container_name: empty (expected: a container)");
    }
    if (blockBytes < 1 || parallelBlocks < 1) {
      throw new IllegalArgumentException(
          "storage.trace.azure.buffer_size, max_buffers: "
              + blockBytes
              + ", "
              + parallelBlocks
              + " (expected: at least 1 each)");
    }
  }

  /// The URL of a container: the account is the first part of the host on Azure (the suffix begins
  /// with `blob.`), and the first part of the path on emulators.
  ///
  /// @param suffix key `endpoint_suffix`
  public static URI url(String account, String container, String suffix) {
    String text =
        suffix.startsWith("blob.")
            ? "https://" + account + "." + suffix
            : (suffix.contains("://") ? "" : "http://") + suffix + "/" + account;
    try {
      URI url = URI.create(text + "/" + container);
      if (url.getHost() != null) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(wrong(suffix), e);
    }
    throw new IllegalArgumentException(wrong(suffix));
  }

  private static String wrong(String suffix) {
    return "storage.trace.azure.endpoint_suffix: "
        + suffix
        + " (expected: blob. and a domain, or host and port of an emulator)";
  }

  /// The size of the blocks of an object of `size` bytes: 50,000 are enough for it.
  long blockBytes(long size) {
    return Math.max(blockBytes, (size + MAX_BLOCKS - 1) / MAX_BLOCKS);
  }
}
