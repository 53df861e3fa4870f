package io.vivace.distributor.receiver.zipkin;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What the tags of a v2 span are for: the span, its resource, its scope, or one of its fields.
final class V2Tags {
  static final int TRACE_STATE = 0;
  static final int KIND = 1;
  static final int STATUS_CODE = 2;
  static final int STATUS_DESCRIPTION = 3;
  static final int ERROR = 4;
  static final int LIBRARY_NAME = 5;
  static final int LIBRARY_VERSION = 6;
  static final int SERVICE_NAME_SOURCE = 7;
  private static final int RESOURCE = 8;
  private static final Names NAMES = new Names(names());

  private static final byte OF_SPAN = 0;
  private static final byte OF_RESOURCE = 1;
  private static final byte TAKEN = 2;

  private final TagList tags;
  private final int[] indexes = new int[RESOURCE];
  private byte[] roles = new byte[32];

  V2Tags(TagList tags) {
    this.tags = tags;
  }

  private static List<String> names() {
    List<String> names =
        new ArrayList<>(
            List.of(
                "w3c.tracestate",
                "span.kind",
                "otel.status_code",
                "otel.status_description",
                "error",
                "otel.library.name",
                "otel.library.version",
                "otlp.service.name.source"));
    names.addAll(ResourceTags.NAMES);
    return names;
  }

  /// Looks at the tags of the span that was read.
  void classify(TextArena arena) {
    Arrays.fill(indexes, -1);
    if (roles.length < tags.size()) {
      roles = new byte[2 * tags.size()];
    }
    for (int i = 0; i < tags.size(); i++) {
      int name = NAMES.find(arena, tags.key(i));
      roles[i] = name >= RESOURCE ? OF_RESOURCE : name >= LIBRARY_NAME ? TAKEN : OF_SPAN;
      if (name >= 0 && name < RESOURCE) {
        indexes[name] = i;
      }
    }
  }

  boolean isOfSpan(int index) {
    return roles[index] == OF_SPAN;
  }

  boolean isOfResource(int index) {
    return roles[index] == OF_RESOURCE;
  }

  boolean has(int name) {
    return indexes[name] >= 0;
  }

  /// The value of a tag, [TextArena#NONE] when there is none.
  long text(int name) {
    return indexes[name] < 0 ? TextArena.NONE : tags.value(indexes[name]);
  }

  /// The value of a tag, which is no attribute then.
  long take(int name) {
    int index = indexes[name];
    if (index < 0) {
      return TextArena.NONE;
    }
    roles[index] = TAKEN;
    return tags.value(index);
  }

  void takeAt(int index) {
    roles[index] = TAKEN;
  }
}
