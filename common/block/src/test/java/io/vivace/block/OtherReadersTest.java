package io.vivace.block;

import static org.assertj.core.api.Assertions.assertThat;

import io.vivace.wire.TraceId;
import io.vivace.wire.tempopb.Trace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.internal.column.columnindex.ColumnIndex;
import org.apache.parquet.internal.column.columnindex.OffsetIndex;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Other people's readers see in our files what we see.
@Tag("slow")
final class OtherReadersTest {
  private static final SortedMap<TraceId, Trace> TRACES = new RandomTraces(77).traces(400);

  @Test
  void parquetJavaReadsTheSameLevelsAndValues() throws IOException {
    for (BlockOptions.Compression codec : BlockOptions.Compression.values()) {
      WrittenBlock written =
          WrittenBlock.of(
              TRACES, BlockWriterTest.DEDICATED, new BlockOptions(150_000, codec, 0.01, 1024));
      BlockReader block = written.open();
      assertThat(block.rowGroupCount()).isGreaterThan(1);
      try (ParquetFileReader reader = ParquetJava.open(written.data())) {
        MessageType schema = reader.getFooter().getFileMetaData().getSchema();
        for (int i = 0; i < block.rowGroupCount(); i++) {
          PageReadStore pages = reader.readNextRowGroup();
          ColumnReadStoreImpl store =
              new ColumnReadStoreImpl(pages, new Nothing(schema), schema, "vivace");
          for (ColumnDescriptor column : schema.getColumns()) {
            String path = String.join(".", column.getPath());
            List<String> ours = new ArrayList<>();
            ColumnEntries.rows(block.rowGroup(i).column(path), false, ours);
            assertThat(rows(store.getColumnReader(column))).as(path).isEqualTo(ours);
          }
        }
      }
    }
  }

  @Test
  void parquetJavaReadsThePageIndexes() throws IOException {
    WrittenBlock written = WrittenBlock.of(TRACES, BlockWriterTest.DEDICATED, BlockOptions.DEFAULT);
    try (ParquetFileReader reader = ParquetJava.open(written.data())) {
      for (BlockMetaData group : reader.getRowGroups()) {
        for (ColumnChunkMetaData chunk : group.getColumns()) {
          OffsetIndex offsets = reader.readOffsetIndex(chunk);
          ColumnIndex bounds = reader.readColumnIndex(chunk);
          assertThat(offsets.getPageCount()).isPositive();
          if (bounds != null) {
            boolean allNull = chunk.getStatistics().getNumNulls() == chunk.getValueCount();
            for (boolean empty : bounds.getNullPages()) {
              assertThat(!empty || allNull || bounds.getNullPages().size() > 1).isTrue();
            }
          }
        }
      }
    }
  }

  @Test
  void parquetJavaFindsTheSchemaOfTempo() throws IOException {
    Path tempo =
        Corpus.blockFolder(Corpus.folder().resolve("blocks/handmade/v4-2.9"))
            .resolve("data.parquet");
    WrittenBlock written = WrittenBlock.of(TRACES, List.of(), BlockOptions.DEFAULT);
    try (ParquetFileReader ours = ParquetJava.open(written.data());
        ParquetFileReader theirs = ParquetJava.open(Files.readAllBytes(tempo))) {
      assertThat(ours.getFooter().getFileMetaData().getSchema().toString())
          .isEqualTo(theirs.getFooter().getFileMetaData().getSchema().toString());
    }
  }

  @Test
  void duckDbReadsTheSameTraces(@TempDir Path folder) throws IOException, SQLException {
    WrittenBlock written =
        WrittenBlock.of(TRACES, BlockWriterTest.DEDICATED, WrittenBlock.rowGroups(150_000));
    Path file = folder.resolve("data.parquet");
    Files.write(file, written.data());
    long spans =
        TRACES.values().stream()
            .flatMap(trace -> trace.getResourceSpansList().stream())
            .flatMap(resource -> resource.getScopeSpansList().stream())
            .mapToLong(scope -> scope.getSpansCount())
            .sum();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      String from = " FROM read_parquet('" + file + "')";
      try (ResultSet rows = statement.executeQuery("SELECT count(*), min(TraceIDText)" + from)) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getLong(1)).isEqualTo(TRACES.size());
      }
      String unnested =
          "SELECT count(*) FROM (SELECT unnest(x.Spans) s FROM (SELECT unnest(r.ss) x FROM"
              + " (SELECT unnest(rs) r"
              + from
              + ")))";
      try (ResultSet rows = statement.executeQuery(unnested)) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getLong(1)).isEqualTo(spans);
      }
    }
  }

  @SuppressWarnings("deprecation") // there is no other way to count entries of all levels
  private static List<String> rows(ColumnReader reader) {
    List<String> rows = new ArrayList<>();
    StringBuilder row = new StringBuilder();
    int max = reader.getDescriptor().getMaxDefinitionLevel();
    for (long i = 0; i < reader.getTotalValueCount(); i++) {
      int repetition = reader.getCurrentRepetitionLevel();
      int definition = reader.getCurrentDefinitionLevel();
      if (repetition == 0 && i > 0) {
        rows.add(row.toString());
        row.setLength(0);
      }
      row.append(row.isEmpty() ? "" : " ").append('(').append(repetition).append(',');
      row.append(definition).append(')').append(definition == max ? value(reader) : "-");
      reader.consume();
    }
    rows.add(row.toString());
    return rows;
  }

  private static String value(ColumnReader reader) {
    return switch (reader.getDescriptor().getPrimitiveType().getPrimitiveTypeName()) {
      case INT32 -> Integer.toString(reader.getInteger());
      case INT64 -> Long.toString(reader.getLong());
      case DOUBLE -> Double.toString(reader.getDouble());
      case BOOLEAN -> Boolean.toString(reader.getBoolean());
      default -> {
        Binary bytes = reader.getBinary();
        yield new String(bytes.getBytes(), StandardCharsets.ISO_8859_1);
      }
    };
  }

  /// Takes records that are never put together.
  private static final class Nothing extends GroupConverter {
    private final List<Converter> children = new ArrayList<>();

    Nothing(GroupType type) {
      for (Type child : type.getFields()) {
        children.add(
            child.isPrimitive() ? new PrimitiveConverter() {} : new Nothing(child.asGroupType()));
      }
    }

    @Override
    public Converter getConverter(int index) {
      return children.get(index);
    }

    @Override
    public void start() {}

    @Override
    public void end() {}
  }
}
