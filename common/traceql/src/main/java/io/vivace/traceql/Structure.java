package io.vivace.traceql;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/// Structural operators on nested-set numbers (traceql.md §8.2, §10). Spans without numbers are
/// related to none.
final class Structure {
  private final long[] left;
  private final long[] right;
  private final long[] parent;

  /// Numbers by span.
  Structure(long[] left, long[] right, long[] parent) {
    this.left = left;
    this.right = right;
    this.parent = parent;
  }

  /// The spans that the operator gives, ascending.
  int[] combine(SpansetOperator operator, int[] leftSpans, int[] rightSpans) {
    IntPredicate related = related(operator.relation(), leftSpans);
    return switch (operator.form()) {
      case PLAIN -> IntStream.of(rightSpans).filter(related).toArray();
      case NEGATED -> IntStream.of(rightSpans).filter(related.negate()).toArray();
      case UNION -> {
        int[] ends = IntStream.of(rightSpans).filter(related).toArray();
        IntPredicate inverse = related(operator.relation().inverse(), rightSpans);
        int[] starts = IntStream.of(leftSpans).filter(inverse).toArray();
        yield PipelineEvaluator.union(starts, ends);
      }
    };
  }

  /// Whether a span has the relation to one of `others`.
  private IntPredicate related(SpansetOperator.Relation relation, int[] others) {
    return switch (relation) {
      case CHILD -> {
        Set<Long> numbers = numbers(others, left);
        yield span -> parent[span] != 0 && numbers.contains(parent[span]);
      }
      case PARENT -> {
        Set<Long> numbers = numbers(others, parent);
        yield span -> left[span] != 0 && numbers.contains(left[span]);
      }
      case DESCENDANT -> below(others);
      case ANCESTOR -> above(others);
      case SIBLING -> sibling(others);
      case NONE ->
          throw new IllegalArgumentException("relation: NONE (expected: a structural one)");
    };
  }

  private static Set<Long> numbers(int[] spans, long[] column) {
    Set<Long> numbers = new HashSet<>();
    for (int span : spans) {
      if (column[span] != 0) {
        numbers.add(column[span]);
      }
    }
    return numbers;
  }

  /// Some other begins before the span and ends behind it: the greatest end of those that begin
  /// before tells.
  private IntPredicate below(int[] others) {
    int[] sorted = numberedByLeft(others);
    long[] starts = Arrays.stream(sorted).mapToLong(span -> left[span]).toArray();
    long[] greatestEnd = new long[sorted.length];
    long end = Long.MIN_VALUE;
    for (int i = 0; i < sorted.length; i++) {
      end = Math.max(end, right[sorted[i]]);
      greatestEnd[i] = end;
    }
    return span -> {
      int before = countBelow(starts, left[span]);
      return left[span] != 0 && before > 0 && greatestEnd[before - 1] > right[span];
    };
  }

  /// Some other begins behind the span's beginning and ends before its end.
  private IntPredicate above(int[] others) {
    int[] sorted = numberedByLeft(others);
    long[] starts = Arrays.stream(sorted).mapToLong(span -> left[span]).toArray();
    long[] leastEnd = new long[sorted.length];
    long end = Long.MAX_VALUE;
    for (int i = sorted.length - 1; i >= 0; i--) {
      end = Math.min(end, right[sorted[i]]);
      leastEnd[i] = end;
    }
    return span -> {
      int behind = countBelow(starts, left[span] + 1);
      return left[span] != 0 && behind < starts.length && leastEnd[behind] < right[span];
    };
  }

  private int[] numberedByLeft(int[] spans) {
    return IntStream.of(spans)
        .filter(span -> left[span] != 0 && right[span] != 0)
        .boxed()
        .sorted(Comparator.comparingLong(span -> left[span]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static int countBelow(long[] sorted, long bound) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < bound) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private IntPredicate sibling(int[] others) {
    Map<Long, Integer> counts = new HashMap<>();
    Set<Integer> members = new HashSet<>();
    for (int span : others) {
      if (parent[span] != 0) {
        counts.merge(parent[span], 1, Integer::sum);
        members.add(span);
      }
    }
    return span -> {
      int count = counts.getOrDefault(parent[span], 0);
      return count > (members.contains(span) ? 1 : 0);
    };
  }
}
