package io.vivace.block;

import java.io.IOException;

/// A block that is not what its format says, or a format this version cannot read. The message
/// names the block. Retrying does not help.
public final class BlockFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  /// What is wrong with the block called `block`: its id, or a file name where there is no id.
  public BlockFormatException(String block, String problem) {
    super("block " + block + ": " + problem);
  }

  /// The same with the failure of a decoder as its cause.
  public BlockFormatException(String block, String problem, Throwable cause) {
    super("block " + block + ": " + problem, cause);
  }
}
