package io.vivace.block.parquet;

import static io.vivace.block.parquet.MalformedDataException.check;
import static io.vivace.block.parquet.ThriftReader.FALSE;
import static io.vivace.block.parquet.ThriftReader.STOP;
import static io.vivace.block.parquet.ThriftReader.STRUCT;
import static io.vivace.block.parquet.ThriftReader.TRUE;

import java.util.ArrayList;
import java.util.List;

/// Reads the flat list of schema elements and unfolds it into leaves.
final class SchemaReader {
  private static final int MAX_DEPTH = 32;
  private static final int MAX_LEAVES = 1000;

  private final List<Element> elements;
  private final List<Leaf> leaves = new ArrayList<>();
  private int next;

  private SchemaReader(List<Element> elements) {
    this.elements = elements;
  }

  /// One node: `type` is -1 for a group.
  record Element(String name, int type, int repetition, int children, boolean unsigned) {}

  static List<Element> elements(ThriftReader in) {
    int size = in.listSize(STRUCT);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      elements.add(element(in));
    }
    return elements;
  }

  private static Element element(ThriftReader in) {
    String name = "";
    int type = -1;
    int repetition = 0;
    int children = 0;
    boolean unsigned = false;
    int outer = in.beginStruct();
    for (int t = in.nextField(); t != STOP; t = in.nextField()) {
      switch (in.field()) {
        case 1 -> type = in.i32();
        case 3 -> repetition = in.i32();
        case 4 -> name = in.text();
        case 5 -> children = in.i32();
        case 6 -> {
          int converted = in.i32();
          unsigned |= converted >= 11 && converted <= 14;
        }
        case 10 -> unsigned |= isUnsigned(in);
        default -> in.skip(t);
      }
    }
    in.endStruct(outer);
    return new Element(name, type, repetition, children, unsigned);
  }

  /// The logical type: a union whose tenth member is INTEGER { 1: bit width, 2: signed }.
  private static boolean isUnsigned(ThriftReader in) {
    boolean unsigned = false;
    int outer = in.beginStruct();
    for (int t = in.nextField(); t != STOP; t = in.nextField()) {
      if (in.field() != 10 || t != STRUCT) {
        in.skip(t);
        continue;
      }
      int union = in.beginStruct();
      for (int m = in.nextField(); m != STOP; m = in.nextField()) {
        unsigned |= in.field() == 2 && m == FALSE;
        if (m != TRUE && m != FALSE) {
          in.skip(m);
        }
      }
      in.endStruct(union);
    }
    in.endStruct(outer);
    return unsigned;
  }

  static List<Leaf> leaves(List<Element> elements) {
    SchemaReader reader = new SchemaReader(elements);
    check(!elements.isEmpty(), "schema elements", 0, "at least 1");
    reader.next = 1;
    reader.children(elements.getFirst().children(), "", 0, 0, 0);
    check(reader.next == elements.size(), "schema elements", elements.size(), "" + reader.next);
    return reader.leaves;
  }

  private void children(int count, String prefix, int repetition, int definition, int depth) {
    check(depth < MAX_DEPTH, "schema depth", depth, "less than " + MAX_DEPTH);
    for (int i = 0; i < count; i++) {
      check(next < elements.size(), "schema elements", elements.size(), "more");
      Element element = elements.get(next++);
      check(
          element.repetition() >= 0 && element.repetition() <= 2,
          element.name() + " repetition",
          element.repetition(),
          "0 to 2");
      int r = repetition + (element.repetition() == 2 ? 1 : 0);
      int d = definition + (element.repetition() == 0 ? 0 : 1);
      String path = prefix + element.name();
      if (element.type() < 0) {
        children(element.children(), path + ".", r, d, depth + 1);
      } else {
        check(leaves.size() < MAX_LEAVES, "columns", leaves.size(), "less than " + MAX_LEAVES);
        leaves.add(new Leaf(path, Type.of(element.type()), r, d, element.unsigned()));
      }
    }
  }
}
