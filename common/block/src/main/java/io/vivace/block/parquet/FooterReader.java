package io.vivace.block.parquet;

import static io.vivace.block.parquet.MalformedDataException.check;
import static io.vivace.block.parquet.ThriftReader.BINARY;
import static io.vivace.block.parquet.ThriftReader.I32;
import static io.vivace.block.parquet.ThriftReader.I64;
import static io.vivace.block.parquet.ThriftReader.LIST;
import static io.vivace.block.parquet.ThriftReader.STOP;
import static io.vivace.block.parquet.ThriftReader.STRUCT;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Parses the footer and checks it against itself and the length of the file.
public final class FooterReader {
  private final ThriftReader in;
  private final long pagesEnd;
  private List<SchemaReader.Element> elements = List.of();
  private List<Leaf> leaves = List.of();

  private FooterReader(byte[] footer, long pagesEnd) {
    this.in = new ThriftReader(footer, 0, footer.length);
    this.pagesEnd = pagesEnd;
  }

  /// Parses `footer`, before which `pagesEnd` bytes of the file stand.
  ///
  /// @throws MalformedDataException when it is damaged
  public static FileMetadata read(byte[] footer, long pagesEnd) {
    return new FooterReader(footer, pagesEnd).file();
  }

  private FileMetadata file() {
    long rows = -1;
    List<RowGroupMetadata> groups = new ArrayList<>();
    in.beginStruct();
    for (int type = in.nextField(); type != STOP; type = in.nextField()) {
      if (in.field() == 2 && type == LIST) {
        elements = SchemaReader.elements(in);
        leaves = SchemaReader.leaves(elements);
      } else if (in.field() == 3 && type == I64) {
        rows = in.zigzag();
      } else if (in.field() == 4 && type == LIST) {
        int size = in.listSize(STRUCT);
        for (int i = 0; i < size; i++) {
          groups.add(rowGroup(i));
        }
      } else {
        in.skip(type);
      }
    }
    long sum = groups.stream().mapToLong(RowGroupMetadata::rows).sum();
    check(rows == sum, "num_rows", rows, "sum of the row groups, " + sum);
    return new FileMetadata(List.copyOf(leaves), byPath(), List.copyOf(groups), rows);
  }

  private Map<String, Integer> byPath() {
    Map<String, Integer> byPath = LinkedHashMap.newLinkedHashMap(leaves.size());
    for (int i = 0; i < leaves.size(); i++) {
      if (byPath.put(leaves.get(i).path(), i) != null) {
        throw new MalformedDataException("schema: " + leaves.get(i).path() + " occurs twice");
      }
    }
    return byPath;
  }

  private RowGroupMetadata rowGroup(int position) {
    List<ChunkMetadata> chunks = new ArrayList<>();
    long rows = -1;
    long ordinal = 0;
    int outer = in.beginStruct();
    for (int type = in.nextField(); type != STOP; type = in.nextField()) {
      if (in.field() == 1 && type == LIST) {
        int size = in.listSize(STRUCT);
        check(
            size == leaves.size(),
            "columns of a row group",
            size,
            leaves.size() + ", the schema's");
        for (int i = 0; i < size; i++) {
          chunks.add(chunk(leaves.get(i)));
        }
      } else if (in.field() == 3 && type == I64) {
        rows = in.zigzag();
      } else if (in.field() == 7 && type == ThriftReader.I16) {
        ordinal = in.zigzag();
      } else {
        in.skip(type);
      }
    }
    in.endStruct(outer);
    check(rows >= 0 && rows <= Integer.MAX_VALUE, "rows of a row group", rows, "31 bits");
    check(
        chunks.size() == leaves.size(),
        "columns of a row group",
        chunks.size(),
        "" + leaves.size());
    check(ordinal == 0 || ordinal == position, "ordinal", ordinal, "" + position);
    for (ChunkMetadata chunk : chunks) {
      check(chunk.values() >= rows, "num_values", chunk.values(), "at least " + rows + " rows");
    }
    return new RowGroupMetadata((int) rows, List.copyOf(chunks));
  }

  private ChunkMetadata chunk(Leaf leaf) {
    ChunkFields fields = new ChunkFields();
    int outer = in.beginStruct();
    for (int type = in.nextField(); type != STOP; type = in.nextField()) {
      switch (in.field()) {
        case 3 -> fields.metadata(in, type, leaf);
        case 4 -> fields.offsetIndexStart = number(type, I64);
        case 5 -> fields.offsetIndexLength = number(type, I32);
        case 6 -> fields.columnIndexStart = number(type, I64);
        case 7 -> fields.columnIndexLength = number(type, I32);
        case 1 -> {
          check(type == BINARY, "file_path type", type, "text");
          throw new MalformedDataException("column chunk: in another file (expected: this file)");
        }
        default -> in.skip(type);
      }
    }
    in.endStruct(outer);
    return fields.checked(leaf, pagesEnd);
  }

  private long number(int type, int expected) {
    check(type == expected, "thrift type of field " + in.field(), type, "" + expected);
    return in.zigzag();
  }
}
