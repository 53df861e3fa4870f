package io.vivace.block.row;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class NestedSetsTest {
  /// A span as the slow numbering sees it.
  private static final class Node {
    final long id;
    final long parentId;
    final boolean root;
    final int kind;
    final List<Node> children = new ArrayList<>();
    int left;
    int right;
    int parent;

    Node(long id, long parentId, boolean root, int kind) {
      this.id = id;
      this.parentId = parentId;
      this.root = root;
      this.kind = kind;
    }
  }

  @Test
  void numbersTheExampleOfTheFormat() {
    List<Node> spans =
        List.of(
            new Node(1, 0, true, 2),
            new Node(2, 1, false, 3),
            new Node(2, 2, false, 2),
            new Node(4, 99, false, 1),
            new Node(5, 4, false, 1),
            new Node(6, 0, true, 1),
            new Node(3, 1, false, 1),
            new Node(8, 6, false, 1));
    NestedSets sets = numbered(new NestedSets(), spans);
    int[][] expected = {
      {1, 8, -1}, {2, 5, 1}, {3, 4, 2}, {0, 0, 0}, {0, 0, 0}, {9, 12, -1}, {6, 7, 1}, {10, 11, 9}
    };
    for (int i = 0; i < expected.length; i++) {
      assertThat(new int[] {sets.left(i), sets.right(i), sets.parent(i)}).isEqualTo(expected[i]);
    }
  }

  @Test
  void agreesWithTheRecursiveNumbering() {
    NestedSets sets = new NestedSets();
    for (long seed = 0; seed < 3000; seed++) {
      List<Node> spans = random(new Random(seed));
      slow(spans);
      numbered(sets, spans);
      for (int i = 0; i < spans.size(); i++) {
        Node node = spans.get(i);
        assertThat(new int[] {sets.left(i), sets.right(i), sets.parent(i)})
            .as("seed " + seed + " span " + i)
            .isEqualTo(new int[] {node.left, node.right, node.parent});
      }
    }
  }

  private static NestedSets numbered(NestedSets sets, List<Node> spans) {
    sets.clear();
    spans.forEach(span -> sets.add(span.id, span.parentId, span.root, span.kind));
    sets.number();
    return sets;
  }

  private static List<Node> random(Random random) {
    List<Node> spans = new ArrayList<>();
    int count = 1 + random.nextInt(40);
    for (int i = 0; i < count; i++) {
      boolean root = random.nextInt(8) == 0;
      long id = random.nextInt(30) == 0 ? random.nextInt(count) : i;
      long parent = root ? 0 : random.nextInt(count + 1);
      spans.add(new Node(id, parent, root, random.nextInt(6)));
    }
    return spans;
  }

  /// The rules, one after the other, without any index.
  private static void slow(List<Node> spans) {
    for (Node span : spans) {
      if (spans.stream().filter(other -> other.id == span.id).count() > 2) {
        return;
      }
    }
    for (Node span : spans) {
      Node parent = span.root ? null : parent(spans, span);
      if (parent != null) {
        parent.children.add(span);
      }
    }
    int counter = 1;
    for (Node span : spans) {
      if (span.root) {
        counter = walk(span, -1, counter);
      }
    }
  }

  private static @Nullable Node parent(List<Node> spans, Node span) {
    List<Node> found = spans.stream().filter(other -> other.id == span.parentId).toList();
    if (found.size() < 2) {
      return found.isEmpty() ? null : found.getFirst();
    }
    int wanted = span.kind == NestedSets.SERVER ? NestedSets.CLIENT : NestedSets.SERVER;
    return found.stream().filter(other -> other.kind == wanted).findFirst().orElse(null);
  }

  private static int walk(Node node, int parent, int start) {
    int counter = start;
    node.parent = parent;
    node.left = counter++;
    for (Node child : node.children) {
      counter = walk(child, node.left, counter);
    }
    node.right = counter++;
    return counter;
  }
}
