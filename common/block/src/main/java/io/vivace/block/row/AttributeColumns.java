package io.vivace.block.row;

import io.vivace.block.parquet.BinaryColumnWriter;
import io.vivace.block.parquet.BooleanColumnWriter;
import io.vivace.block.parquet.DictionaryColumnWriter;
import io.vivace.block.parquet.DoubleColumnWriter;
import io.vivace.block.parquet.LevelGroup;
import io.vivace.block.parquet.LongColumnWriter;
import io.vivace.block.parquet.TableWriter;

/// The seven columns of a list of generic attributes.
final class AttributeColumns {
  final LevelGroup group;
  final DictionaryColumnWriter key;
  final BooleanColumnWriter isArray;
  final DictionaryColumnWriter text;
  final LongColumnWriter integer;
  final DoubleColumnWriter number;
  final BooleanColumnWriter flag;
  final BinaryColumnWriter unsupported;

  AttributeColumns(TableWriter table, String path) {
    group = table.group(path + ".Attrs.list");
    String element = path + ".Attrs.list.element.";
    key = table.column(element + "Key", DictionaryColumnWriter.class);
    isArray = table.column(element + "IsArray", BooleanColumnWriter.class);
    text = table.column(element + "Value.list.element", DictionaryColumnWriter.class);
    integer = table.column(element + "ValueInt.list.element", LongColumnWriter.class);
    number = table.column(element + "ValueDouble.list.element", DoubleColumnWriter.class);
    flag = table.column(element + "ValueBool.list.element", BooleanColumnWriter.class);
    unsupported = table.column(element + "ValueUnsupported", BinaryColumnWriter.class);
  }
}
