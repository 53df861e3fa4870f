package io.vivace.block;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Rows in ascending order of their ids, read one by one. For one thread.
public interface TraceRows {
  /// The next row, null at the end.
  @Nullable TraceRow next() throws IOException;
}
