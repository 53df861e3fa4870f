package io.vivace.storage.index;

import io.vivace.storage.ObjectStore;
import java.io.IOException;
import java.nio.file.NoSuchFileException;

/// Indexes in an object store, beside the blocks of their tenants.
public final class TenantIndexes {
  /// Name of the binary index, which readers ask first.
  public static final String BINARY = "index.pb.zst";

  /// Name of the index as JSON, which older readers know.
  public static final String JSON = "index.json.gz";

  private final ObjectStore objects;

  /// Indexes in `objects`.
  public TenantIndexes(ObjectStore objects) {
    this.objects = objects;
  }

  /// The index of a tenant: the binary one, or the other one when that does not exist. A damaged
  /// binary index is an error, because the other one may be older.
  ///
  /// @throws NoSuchFileException when the tenant has none
  /// @throws io.vivace.block.BlockFormatException when it is damaged
  public TenantIndex read(String tenant) throws IOException {
    byte[] binary;
    try {
      binary = objects.read(name(tenant, BINARY));
    } catch (NoSuchFileException e) {
      String name = name(tenant, JSON);
      return TenantIndexJson.read(objects.read(name), name);
    }
    return TenantIndexBinary.read(binary, name(tenant, BINARY));
  }

  /// Writes both encodings, the binary one first; removes both when there is nothing to say.
  public void write(String tenant, TenantIndex index) throws IOException {
    if (index.isEmpty()) {
      objects.delete(name(tenant, BINARY));
      objects.delete(name(tenant, JSON));
      return;
    }
    objects.write(name(tenant, BINARY), TenantIndexBinary.write(index));
    objects.write(name(tenant, JSON), TenantIndexJson.write(index));
  }

  private static String name(String tenant, String name) {
    return tenant + "/" + name;
  }
}
