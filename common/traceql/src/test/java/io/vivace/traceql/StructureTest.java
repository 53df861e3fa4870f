package io.vivace.traceql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StructureTest {
  private static final int ROUNDS = 400;

  private final long[] left;
  private final long[] right;
  private final long[] parent;

  StructureTest() {
    left = new long[24];
    right = new long[24];
    parent = new long[24];
  }

  @Test
  void findsThePairsThatTheDefinitionsFind() {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      number(random);
      Structure structure = new Structure(left, right, parent);
      int[] starts = pick(random);
      int[] ends = pick(random);
      for (SpansetOperator operator : SpansetOperator.values()) {
        if (operator.relation() != SpansetOperator.Relation.NONE) {
          assertThat(structure.combine(operator, starts, ends))
              .as("%s round %s", operator, round)
              .isEqualTo(naive(operator, starts, ends));
        }
      }
    }
  }

  private int[] naive(SpansetOperator operator, int[] starts, int[] ends) {
    IntStream kept =
        switch (operator.form()) {
          case PLAIN -> IntStream.of(ends).filter(r -> hasPartner(operator, starts, r));
          case NEGATED -> IntStream.of(ends).filter(r -> !hasPartner(operator, starts, r));
          case UNION ->
              IntStream.concat(
                  IntStream.of(ends).filter(r -> hasPartner(operator, starts, r)),
                  IntStream.of(starts)
                      .filter(l ->
                          IntStream.of(ends).anyMatch(r -> related(operator.relation(), l, r))));
        };
    return kept.sorted().distinct().toArray();
  }

  private boolean hasPartner(SpansetOperator operator, int[] starts, int end) {
    return IntStream.of(starts).anyMatch(start -> related(operator.relation(), start, end));
  }

  private boolean related(SpansetOperator.Relation relation, int l, int r) {
    return switch (relation) {
      case CHILD -> left[l] != 0 && left[l] == parent[r];
      case PARENT -> left[r] != 0 && left[r] == parent[l];
      case DESCENDANT -> isAbove(l, r);
      case ANCESTOR -> isAbove(r, l);
      case SIBLING -> l != r && parent[l] != 0 && parent[l] == parent[r];
      case NONE -> false;
    };
  }

  private boolean isAbove(int a, int d) {
    return left[a] != 0 && left[d] != 0 && left[a] < left[d] && right[d] < right[a];
  }

  private int[] pick(Random random) {
    return IntStream.range(0, left.length).filter(span -> random.nextInt(3) == 0).toArray();
  }

  /// A random forest in random order; some spans without numbers.
  private void number(Random random) {
    int[] above = new int[left.length];
    for (int span = 0; span < above.length; span++) {
      above[span] = span == 0 || random.nextInt(8) == 0 ? -1 : random.nextInt(span);
    }
    long[] counter = {1};
    Arrays.fill(left, 0);
    Arrays.fill(right, 0);
    Arrays.fill(parent, 0);
    for (int span = 0; span < above.length; span++) {
      if (above[span] < 0 && random.nextInt(4) > 0) {
        visit(span, -1, above, counter);
      }
    }
  }

  private void visit(int span, long parentNumber, int[] above, long[] counter) {
    left[span] = counter[0]++;
    parent[span] = parentNumber;
    for (int child = 0; child < above.length; child++) {
      if (above[child] == span) {
        visit(child, left[span], above, counter);
      }
    }
    right[span] = counter[0]++;
  }
}
