package io.vivace.distributor.receiver;

import io.vivace.service.config.ConfigException;
import io.vivace.service.config.ConfigLoader;
import io.vivace.service.config.ReceiversConfig;
import java.util.Map;

/// Reads configurations of receivers as they stand in a file.
public final class ReceiverFiles {
  private ReceiverFiles() {}

  /// What `distributor.receivers` holds.
  ///
  /// @param yaml the mapping, such as `zipkin: {endpoint: '127.0.0.1:0'}`
  public static ReceiversConfig receivers(String yaml) {
    try {
      return ConfigLoader.parse("distributor: {receivers: {" + yaml + "}}", Map.of())
          .config()
          .distributor()
          .receivers();
    } catch (ConfigException e) {
      throw new AssertionError(yaml, e);
    }
  }
}
