package io.vivace.block;

import java.util.List;

/// An attribute that has a column of its own. The n-th string column of a scope is stored in
/// `String0n`; nothing in the data file names the attribute, so order is meaning.
///
/// @param scope `resource`, `span` or `event`
/// @param name key of the attribute
/// @param type `string` or `int`
/// @param options `array`, `blob`; only Tempo 3.0 has them
public record DedicatedColumn(String scope, String name, String type, List<String> options) {
  /// Scope of resource attributes.
  public static final String RESOURCE = "resource";

  /// Scope of span attributes.
  public static final String SPAN = "span";

  /// Scope of event attributes.
  public static final String EVENT = "event";

  /// Type of text attributes.
  public static final String STRING = "string";

  /// Type of integer attributes.
  public static final String INT = "int";

  /// Copies the options.
  public DedicatedColumn {
    options = List.copyOf(options);
  }

  /// A string column.
  public static DedicatedColumn of(String scope, String name) {
    return new DedicatedColumn(scope, name, STRING, List.of());
  }
}
