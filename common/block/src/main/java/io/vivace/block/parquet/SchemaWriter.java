package io.vivace.block.parquet;

import io.vivace.block.parquet.SchemaNode.Column;
import io.vivace.block.parquet.SchemaNode.Group;
import io.vivace.block.parquet.SchemaNode.Logical;

/// Writes a schema as the flat list of elements that footers hold.
final class SchemaWriter {
  private static final int UTF8 = 0;
  private static final int MAP = 1;
  private static final int LIST = 3;

  private final ThriftWriter thrift;

  SchemaWriter(ThriftWriter thrift) {
    this.thrift = thrift;
  }

  static int count(SchemaNode node) {
    return switch (node) {
      case Column _ -> 1;
      case Group group -> 1 + group.children().stream().mapToInt(SchemaWriter::count).sum();
    };
  }

  void root(Group root) {
    int outer = thrift.begin();
    thrift.text(4, root.name());
    thrift.i32(5, root.children().size());
    thrift.end(outer);
    root.children().forEach(this::node);
  }

  private void node(SchemaNode node) {
    switch (node) {
      case Column column -> column(column);
      case Group group -> group(group);
    }
  }

  private void group(Group group) {
    int outer = thrift.begin();
    thrift.i32(3, group.occurrence().ordinal());
    thrift.text(4, group.name());
    thrift.i32(5, group.children().size());
    switch (group.role()) {
      case NONE -> {}
      case LIST -> annotate(LIST, 3);
      case MAP -> annotate(MAP, 2);
    }
    thrift.end(outer);
    group.children().forEach(this::node);
  }

  private void column(Column column) {
    int outer = thrift.begin();
    thrift.i32(1, column.type().code());
    thrift.i32(3, column.occurrence().ordinal());
    thrift.text(4, column.name());
    switch (column.logical()) {
      case NONE -> {}
      case STRING -> annotate(UTF8, 1);
      case INT32 -> integer(17, 32, true);
      case UINT32 -> integer(13, 32, false);
      case INT64 -> integer(18, 64, true);
      case UINT64 -> integer(14, 64, false);
    }
    thrift.end(outer);
  }

  /// Converted type and the member of the logical type's union, which is empty.
  private void annotate(int converted, int member) {
    thrift.i32(6, converted);
    int logical = thrift.struct(10);
    int empty = thrift.struct(member);
    thrift.end(empty);
    thrift.end(logical);
  }

  private void integer(int converted, int bits, boolean signed) {
    thrift.i32(6, converted);
    int logical = thrift.struct(10);
    int integer = thrift.struct(10);
    thrift.i8(1, bits);
    thrift.bool(2, signed);
    thrift.end(integer);
    thrift.end(logical);
  }

  static boolean isUnsigned(Column column) {
    return column.logical() == Logical.UINT32 || column.logical() == Logical.UINT64;
  }
}
