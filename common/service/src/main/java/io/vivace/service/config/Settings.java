package io.vivace.service.config;

import java.util.LinkedHashMap;
import java.util.Map;

/// Single keys laid over a tree.
final class Settings {
  private Settings() {}

  /// `root` with the value at the dotted `path` replaced.
  static Tree.Mapping with(Tree.Mapping root, String path, String value) {
    int dot = path.indexOf('.');
    String key = dot < 0 ? path : path.substring(0, dot);
    Map<String, Tree> entries = new LinkedHashMap<>(root.entries());
    if (dot < 0) {
      entries.put(key, new Tree.Scalar(value, true, 0));
    } else {
      Tree.Mapping below =
          entries.get(key) instanceof Tree.Mapping mapping
              ? mapping
              : new Tree.Mapping(Map.of(), root.line());
      entries.put(key, with(below, path.substring(dot + 1), value));
    }
    return new Tree.Mapping(entries, root.line());
  }
}
