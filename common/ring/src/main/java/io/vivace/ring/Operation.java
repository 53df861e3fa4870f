package io.vivace.ring;

import io.vivace.ring.Instance.State;

/// What an instance is wanted for: decides which states can serve it, and which make the set of
/// replicas one larger. Source of the table: dskit `ring/ring.go` and `ring/model.go`.
public enum Operation {
  /// A write; an instance that cannot take it is replaced by one more.
  WRITE,
  /// A write that stays with the owners of the key (`distributor.extend_writes: false`).
  WRITE_NO_EXTEND,
  /// A read.
  READ,
  /// Something that any member counts for.
  REPORTING;

  /// Whether `instance` can serve the operation now.
  public boolean isServedBy(Instance instance) {
    return instance.isReachable()
        && switch (this) {
          case WRITE, WRITE_NO_EXTEND -> instance.state() == State.ACTIVE && !instance.isReadOnly();
          case READ ->
              switch (instance.state()) {
                case ACTIVE, PENDING, LEAVING -> true;
                case JOINING, LEFT -> false;
              };
          case REPORTING -> true;
        };
  }

  /// Whether the set of replicas goes on to one more instance after `instance`. Being unreachable
  /// is no reason: that may pass in a moment, while a state was chosen.
  public boolean goesOnAfter(Instance instance) {
    return switch (this) {
      case WRITE -> instance.state() != State.ACTIVE || instance.isReadOnly();
      case READ -> instance.state() != State.ACTIVE && instance.state() != State.LEAVING;
      case WRITE_NO_EXTEND, REPORTING -> false;
    };
  }
}
