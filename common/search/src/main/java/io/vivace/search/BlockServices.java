package io.vivace.search;

import io.vivace.block.BinaryVector;
import io.vivace.block.Levels;
import io.vivace.block.row.BlockFormat;
import io.vivace.wire.tempopb.ServiceStats;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// Spans and errors by service, which vParquet3 does not have.
final class BlockServices {
  private final BlockColumns columns;
  private final String name;
  private final String spans;
  private final String errors;

  /// First entry of every trace; empty until they are read.
  private int[] starts = new int[0];

  BlockServices(BlockColumns columns, BlockFormat format) {
    this.columns = columns;
    boolean bare = format == BlockFormat.VPARQUET5;
    name = bare ? "ServiceStats.ServiceName" : "ServiceStats.key_value.key";
    spans = bare ? "ServiceStats.SpanCount" : "ServiceStats.key_value.value.SpanCount";
    errors = bare ? "ServiceStats.ErrorCount" : "ServiceStats.key_value.value.ErrorCount";
  }

  Map<String, ServiceStats> of(int trace) throws IOException {
    if (!columns.has(name)) {
      return Map.of();
    }
    BinaryVector names = columns.binary(name);
    long[] spanCounts = columns.longs(spans);
    long[] errorCounts = columns.longs(errors);
    if (starts.length == 0) {
      starts = starts(names.levels());
      columns.check(name, starts.length - 1, columns.group().rows());
    }
    Map<String, ServiceStats> stats = new HashMap<>();
    for (int i = starts[trace]; i < starts[trace + 1]; i++) {
      stats.put(
          names.dictionary().text(names.ids()[i]),
          ServiceStats.newBuilder()
              .setSpanCount((int) spanCounts[i])
              .setErrorCount((int) errorCounts[i])
              .build());
    }
    return stats;
  }

  private static int[] starts(Levels levels) {
    int[] starts = new int[levels.size() + 1];
    int traces = 0;
    int values = 0;
    for (int i = 0; i < levels.size(); i++) {
      if (levels.repetition()[i] == 0) {
        starts[traces++] = values;
      }
      if (levels.definition()[i] == levels.maxDefinition()) {
        values++;
      }
    }
    starts[traces] = values;
    return Arrays.copyOf(starts, traces + 1);
  }
}
