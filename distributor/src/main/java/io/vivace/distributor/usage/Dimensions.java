package io.vivace.distributor.usage;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The attributes by which a tenant's bytes are counted, and the labels that they become.
///
/// @param labels names of the labels, in alphabetical order
/// @param sources the attributes that fill them
record Dimensions(List<String> labels, List<Source> sources) {
  private static final Set<String> RESERVED = Set.of("tenant", "tracker");
  private static final String RESOURCE = "resource.";
  private static final String SPAN = "span.";

  /// An attribute that fills a label.
  ///
  /// @param key its name in UTF-8
  /// @param ofResource whether it is looked for in resources
  /// @param ofSpan whether it is looked for in spans
  /// @param label number of the label
  @SuppressWarnings("ArrayRecordComponent") // written once, never compared
  record Source(byte[] key, boolean ofResource, boolean ofSpan, int label) {
    boolean hasKey(byte[] bytes, int from, int to) {
      return Arrays.equals(key, 0, key.length, bytes, from, to);
    }
  }

  /// The dimensions of overrides.
  ///
  /// @param configured attribute (maybe with `resource.` or `span.` in front) to label; an empty
  ///   label is named as the attribute
  static Dimensions of(Map<String, String> configured) {
    Map<String, List<String>> attributesByLabel = new TreeMap<>();
    new TreeMap<>(configured)
        .forEach((attribute, label) ->
            attributesByLabel
                .computeIfAbsent(
                    labelName(label.isEmpty() ? attribute : label), name -> new ArrayList<>())
                .add(attribute));
    List<String> labels = List.copyOf(attributesByLabel.keySet());
    List<Source> sources = new ArrayList<>();
    for (int i = 0; i < labels.size(); i++) {
      for (String attribute : attributesByLabel.getOrDefault(labels.get(i), List.of())) {
        sources.add(source(attribute, i));
      }
    }
    return new Dimensions(labels, List.copyOf(sources));
  }

  private static Source source(String attribute, int label) {
    boolean ofResource = attribute.startsWith(RESOURCE);
    boolean ofSpan = attribute.startsWith(SPAN);
    int prefix = ofResource ? RESOURCE.length() : ofSpan ? SPAN.length() : 0;
    byte[] key = attribute.substring(prefix).getBytes(StandardCharsets.UTF_8);
    return new Source(key, !ofSpan, !ofResource, label);
  }

  /// A name that Prometheus takes; one that every series has already gets an underscore more.
  private static String labelName(String text) {
    String name = text.replaceAll("[^A-Za-z0-9_]", "_").replaceFirst("^(?=[0-9])", "_");
    return RESERVED.contains(name) ? name + "_" : name;
  }
}
