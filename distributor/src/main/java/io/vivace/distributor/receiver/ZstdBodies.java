package io.vivace.distributor.receiver;

import com.github.luben.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;

/// Opens zstd bodies whose window is no larger than a body may be: a decoder takes the memory for
/// the window that the first bytes ask for, outside of the heap, before anything is decoded.
final class ZstdBodies {
  /// Every decoder should take windows of 8 MiB (RFC 8878, 3.1.1.1.2).
  private static final int MIN_WINDOW_LOG = 23;

  private ZstdBodies() {}

  /// A stream of the decoded body.
  ///
  /// @param limit most bytes that the body may have
  static InputStream open(InputStream in, int limit) throws IOException {
    int limitLog = Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(1, limit - 1));
    return new ZstdInputStream(in).setLongMax(Math.max(MIN_WINDOW_LOG, limitLog));
  }
}
