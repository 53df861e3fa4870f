package io.vivace.block.parquet;

import java.util.List;

/// A schema to write: a tree of groups and columns.
public sealed interface SchemaNode {
  /// Name within the parent.
  String name();

  /// How often it occurs in its parent.
  Occurrence occurrence();

  /// How often something occurs.
  enum Occurrence {
    /// Once.
    REQUIRED,
    /// Once or not at all.
    OPTIONAL,
    /// Any number of times.
    REPEATED
  }

  /// What a group stands for.
  enum Role {
    /// Nothing special.
    NONE,
    /// A list of three levels.
    LIST,
    /// A map of three levels.
    MAP
  }

  /// What values stand for.
  enum Logical {
    /// What the physical type says.
    NONE,
    /// UTF-8 text.
    STRING,
    /// Signed 32 bits.
    INT32,
    /// Unsigned 32 bits.
    UINT32,
    /// Signed 64 bits.
    INT64,
    /// Unsigned 64 bits.
    UINT64
  }

  /// How values are encoded.
  enum Values {
    /// One after the other.
    PLAIN,
    /// Ids of a dictionary that comes first.
    DICTIONARY,
    /// Packed differences, for integers.
    DELTA,
    /// Packed lengths, then bytes.
    DELTA_LENGTH
  }

  /// A group.
  ///
  /// @param name within the parent
  /// @param occurrence in the parent
  /// @param role what it stands for
  /// @param children in order
  record Group(String name, Occurrence occurrence, Role role, List<SchemaNode> children)
      implements SchemaNode {}

  /// A column.
  ///
  /// @param name within the parent
  /// @param occurrence in the parent
  /// @param type physical type
  /// @param logical what values stand for
  /// @param values how they are encoded
  record Column(String name, Occurrence occurrence, Type type, Logical logical, Values values)
      implements SchemaNode {}
}
