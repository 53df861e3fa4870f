package io.vivace.distributor.forwarder.ottl;

/// A condition that cannot be evaluated here, with the place where it goes wrong.
public final class OttlException extends Exception {
  private static final long serialVersionUID = 1;

  OttlException(String message) {
    super(message);
  }
}
