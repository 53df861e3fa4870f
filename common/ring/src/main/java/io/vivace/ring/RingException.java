package io.vivace.ring;

/// The ring has too few members for an operation. Another try may succeed later.
public final class RingException extends Exception {
  private static final long serialVersionUID = 1;

  /// An error with `message`, in Tempo's words because clients' logs are searched for them.
  public RingException(String message) {
    super(message);
  }
}
