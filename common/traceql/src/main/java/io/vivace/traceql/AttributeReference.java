package io.vivace.traceql;

/// A name of something that a span has.
public sealed interface AttributeReference permits AttributeReference.Named, Intrinsic {
  /// The canonical text.
  String text();

  /// An attribute.
  ///
  /// @param scope where it is looked up
  /// @param parent whether the parent span's is meant; always rejected by validation
  /// @param name its key
  record Named(Scope scope, boolean parent, String name) implements AttributeReference {
    @Override
    public String text() {
      String prefix = parent ? "parent." : "";
      if (scope != Scope.NONE) {
        return prefix + scope.text() + "." + name;
      }
      return (parent ? prefix : ".") + name;
    }
  }

  /// The attribute `name` of `scope`.
  static Named named(Scope scope, String name) {
    return new Named(scope, false, name);
  }
}
