package io.vivace.distributor.receiver;

import java.util.Locale;

/// Why a payload could not be decoded: the label `reason` of
/// `tempo_receiver_decode_failures_total`.
public enum DecodeFailure {
  /// The bytes are not what the protocol says.
  MALFORMED,
  /// The payload is larger than the receiver takes, before or after decompression.
  TOO_LARGE,
  /// The payload ended early.
  TRUNCATED,
  /// Nobody here knows the content encoding.
  UNSUPPORTED_ENCODING,
  /// Nobody here knows the content type, the method or the message.
  UNSUPPORTED_TYPE;

  /// The value of the label.
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
