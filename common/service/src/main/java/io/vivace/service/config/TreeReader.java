package io.vivace.service.config;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/// Reads one YAML document into a [Tree]. Anchors, aliases and merge keys (`<<`) are resolved; a
/// key that stands twice in one mapping is an error. Nesting and alias expansion are bounded.
final class TreeReader {
  private static final int MAXIMUM_DEPTH = 100;
  private static final int MAXIMUM_NODES = 100_000;
  private static final int MAXIMUM_ALIASES = 1_000;

  private int nodes;

  private TreeReader() {}

  /// The root of the document, or an empty mapping for an empty document.
  ///
  /// @throws ConfigException when the text is not YAML, or is too deep or too large
  static Tree.Mapping read(String text) throws ConfigException {
    LoaderOptions options = new LoaderOptions();
    options.setNestingDepthLimit(MAXIMUM_DEPTH);
    options.setMaxAliasesForCollections(MAXIMUM_ALIASES);
    Node root;
    try {
      root = new Yaml(options).compose(new StringReader(text));
    } catch (YAMLException e) {
      throw new ConfigException("not YAML: " + e.getMessage(), e);
    }
    Tree tree = root == null ? new Tree.Scalar("", true, 1) : new TreeReader().convert(root, 0);
    if (tree.absent()) {
      return new Tree.Mapping(Map.of(), 1);
    }
    if (tree instanceof Tree.Mapping mapping) {
      return mapping;
    }
    throw new ConfigException("line " + tree.line() + ": (expected: a mapping of sections)");
  }

  private Tree convert(Node node, int depth) throws ConfigException {
    int line = node.getStartMark() == null ? 0 : node.getStartMark().getLine() + 1;
    if (depth > MAXIMUM_DEPTH || ++nodes > MAXIMUM_NODES) {
      throw new ConfigException("line " + line + ": the document is too deep or too large");
    }
    return switch (node) {
      case ScalarNode scalar ->
          new Tree.Scalar(scalar.getValue(), scalar.getScalarStyle() == ScalarStyle.PLAIN, line);
      case SequenceNode sequence -> {
        List<Tree> items = new ArrayList<>();
        for (Node item : sequence.getValue()) {
          items.add(convert(item, depth + 1));
        }
        yield new Tree.Sequence(items, line);
      }
      case MappingNode mapping -> new Tree.Mapping(entries(mapping, depth, line), line);
      default -> throw new ConfigException("line " + line + ": unexpected YAML node");
    };
  }

  private Map<String, Tree> entries(MappingNode mapping, int depth, int line)
      throws ConfigException {
    Map<String, Tree> own = new LinkedHashMap<>();
    Map<String, Tree> merged = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      String key = key(tuple.getKeyNode(), line);
      Tree value = convert(tuple.getValueNode(), depth + 1);
      if (key.equals("<<")) {
        merge(value, merged);
      } else if (own.put(key, value) != null) {
        throw new ConfigException("line " + value.line() + ": duplicate key " + key);
      }
    }
    merged.keySet().removeAll(own.keySet());
    own.putAll(merged);
    return own;
  }

  private static String key(@Nullable Node node, int line) throws ConfigException {
    if (node instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    throw new ConfigException("line " + line + ": (expected: keys that are plain words)");
  }

  private static void merge(Tree value, Map<String, Tree> into) throws ConfigException {
    switch (value) {
      case Tree.Mapping mapping -> mapping.entries().forEach(into::putIfAbsent);
      case Tree.Sequence sequence -> {
        for (Tree item : sequence.items()) {
          merge(item, into);
        }
      }
      case Tree.Scalar scalar ->
          throw new ConfigException("line " + scalar.line() + ": << (expected: a mapping)");
    }
  }
}
