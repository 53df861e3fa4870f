package io.vivace.block.parquet;

import io.vivace.block.RangeReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Collects ranges that will be read and reads them with few requests, joining those with small
/// gaps between them.
public final class RangePlan {
  private static final int MAX_GAP = 64 << 10;
  private static final int MAX_READ = 8 << 20;

  private final List<Range> ranges = new ArrayList<>();

  private record Range(long start, int length) {
    long end() {
      return start + length;
    }
  }

  void add(long start, int length) {
    ranges.add(new Range(start, length));
  }

  /// Reads everything that was planned; the result answers these ranges from memory, all others
  /// from `file`.
  public RangeReader read(RangeReader file) throws IOException {
    ranges.sort(Comparator.comparingLong(Range::start));
    TreeMap<Long, byte[]> parts = new TreeMap<>();
    for (int i = 0; i < ranges.size(); ) {
      long start = ranges.get(i).start();
      long end = ranges.get(i).end();
      for (i++; i < ranges.size() && joins(start, end, ranges.get(i)); i++) {
        end = Math.max(end, ranges.get(i).end());
      }
      parts.put(start, file.read(start, (int) (end - start)));
    }
    return new Parts(file, parts);
  }

  private static boolean joins(long start, long end, Range next) {
    return next.start() - end <= MAX_GAP && Math.max(end, next.end()) - start <= MAX_READ;
  }

  private record Parts(RangeReader file, TreeMap<Long, byte[]> parts) implements RangeReader {
    @Override
    public byte[] read(long offset, int length) throws IOException {
      Map.Entry<Long, byte[]> part = parts.floorEntry(offset);
      if (part == null || offset + length > part.getKey() + part.getValue().length) {
        return file.read(offset, length);
      }
      int at = (int) (offset - part.getKey());
      return Arrays.copyOfRange(part.getValue(), at, at + length);
    }

    @Override
    public long size() throws IOException {
      return file.size();
    }
  }
}
