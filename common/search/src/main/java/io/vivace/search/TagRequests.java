package io.vivace.search;

import io.vivace.traceql.AttributeReference;
import io.vivace.traceql.FieldExpression;
import io.vivace.traceql.Intrinsic;
import io.vivace.traceql.Level;
import io.vivace.traceql.Scope;
import io.vivace.traceql.TagFilter;
import io.vivace.traceql.TagIdentifiers;
import io.vivace.traceql.Value;
import io.vivace.traceql.ValueType;
import io.vivace.wire.tempopb.MetadataMetrics;
import io.vivace.wire.tempopb.SearchTagValuesRequest;
import io.vivace.wire.tempopb.SearchTagValuesResponse;
import io.vivace.wire.tempopb.SearchTagValuesV2Response;
import io.vivace.wire.tempopb.SearchTagsRequest;
import io.vivace.wire.tempopb.SearchTagsResponse;
import io.vivace.wire.tempopb.SearchTagsV2Response;
import io.vivace.wire.tempopb.SearchTagsV2Scope;
import io.vivace.wire.tempopb.TagValue;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Answers requests about tags over tables (api.md §8).
final class TagRequests {
  private static final String INTRINSIC = "intrinsic";
  private static final Map<String, Level> SCOPES = scopes();
  private static final List<String> INTRINSICS =
      List.of(
          "duration",
          "kind",
          "name",
          "status",
          "statusMessage",
          "traceDuration",
          "rootServiceName",
          "rootName",
          "span:status",
          "span:statusMessage",
          "span:duration",
          "span:name",
          "span:kind",
          "trace:rootName",
          "trace:rootService",
          "trace:duration",
          "event:name",
          "event:timeSinceStart",
          "instrumentation:name",
          "instrumentation:version");
  private static final List<String> STATUSES = List.of("ok", "error", "unset");
  private static final List<String> KINDS =
      List.of("client", "server", "producer", "consumer", "internal", "unspecified");

  private final TableSource tables;
  private final int maxBytes;

  TagRequests(TableSource tables, int maxBytes) {
    this.tables = tables;
    this.maxBytes = maxBytes;
  }

  private static Map<String, Level> scopes() {
    Map<String, Level> scopes = new LinkedHashMap<>();
    scopes.put(Scope.SPAN.text(), Level.SPAN);
    scopes.put(Scope.RESOURCE.text(), Level.RESOURCE);
    scopes.put(Scope.EVENT.text(), Level.EVENT);
    scopes.put(Scope.LINK.text(), Level.LINK);
    scopes.put(Scope.INSTRUMENTATION.text(), Level.INSTRUMENTATION);
    return scopes;
  }

  /// Names without scopes; a query has no effect here, as in Tempo.
  SearchTagsResponse names(SearchTagsRequest request) throws IOException {
    SearchTagsCombiner combiner = new SearchTagsCombiner(0, maxBytes);
    if (request.getScope().equals(INTRINSIC)) {
      return SearchTagsResponse.newBuilder()
          .addAllTagNames(INTRINSICS.stream().sorted().toList())
          .build();
    }
    forEachName(
        levels(request.getScope()),
        null,
        (scope, names) ->
            combiner.add(SearchTagsResponse.newBuilder().addAllTagNames(names).build()),
        combiner::isComplete,
        metrics -> combiner.add(SearchTagsResponse.newBuilder().setMetrics(metrics).build()));
    return combiner.response();
  }

  SearchTagsV2Response namesByScope(SearchTagsRequest request) throws IOException {
    SearchTagsV2Combiner combiner = new SearchTagsV2Combiner(0, maxBytes);
    String scope = request.getScope();
    if (scope.isEmpty() || scope.equals("none") || scope.equals(INTRINSIC)) {
      combiner.add(byScope(INTRINSIC, Set.copyOf(INTRINSICS)));
    }
    if (!scope.equals(INTRINSIC)) {
      forEachName(
          levels(scope),
          TagFilter.parse(request.getQuery()).orElse(null),
          (name, names) -> combiner.add(byScope(name, names)),
          combiner::isComplete,
          metrics -> combiner.add(SearchTagsV2Response.newBuilder().setMetrics(metrics).build()));
    }
    return combiner.response();
  }

  private static SearchTagsV2Response byScope(String scope, Set<String> names) {
    return SearchTagsV2Response.newBuilder()
        .addScopes(SearchTagsV2Scope.newBuilder().setName(scope).addAllTags(names))
        .build();
  }

  private static Map<String, Level> levels(String scope) {
    if (scope.isEmpty() || scope.equals("none")) {
      return SCOPES;
    }
    Level level = SCOPES.get(scope);
    if (level == null) {
      throw new IllegalArgumentException("invalid scope: " + scope);
    }
    return Map.of(scope, level);
  }

  private interface NameSink {
    void accept(String scope, Set<String> names);
  }

  private interface Completion {
    boolean isComplete();
  }

  private void forEachName(
      Map<String, Level> levels,
      @Nullable FieldExpression filter,
      NameSink sink,
      Completion completion,
      Consumer<MetadataMetrics> metrics)
      throws IOException {
    tables.forEach(table -> {
      TableTags tags = new TableTags(table, filter);
      for (Map.Entry<String, Level> scope : levels.entrySet()) {
        Set<String> names = new HashSet<>();
        tags.names(scope.getValue(), names::add);
        sink.accept(scope.getKey(), names);
      }
      metrics.accept(metrics(table));
      return !completion.isComplete();
    });
  }

  private static MetadataMetrics metrics(SearchTable table) {
    return MetadataMetrics.newBuilder().setInspectedBytes(table.inspectedBytes()).build();
  }

  /// Plain values of a bare name on spans and resources.
  SearchTagValuesResponse values(SearchTagValuesRequest request) throws IOException {
    SearchTagValuesCombiner combiner = new SearchTagValuesCombiner(0, maxBytes);
    Consumer<String> sink =
        text -> combiner.add(SearchTagValuesResponse.newBuilder().addTagValues(text).build());
    String name = request.getTagName();
    if (name.equals("error")) {
      sink.accept("true");
      return combiner.response();
    }
    boolean status = name.equals("status.code");
    if (status) {
      STATUSES.forEach(sink);
    }
    AttributeReference reference =
        switch (name) {
          case "name" -> Intrinsic.NAME;
          case "root.name" -> Intrinsic.ROOT_NAME;
          case "root.service.name" -> Intrinsic.ROOT_SERVICE_NAME;
          case "status.code" -> Intrinsic.STATUS;
          default -> AttributeReference.named(Scope.NONE, name);
        };
    Function<Value, String> print = value -> status ? Long.toString(value.bits()) : textOf(value);
    forEachValue(
        reference,
        null,
        value -> sink.accept(print.apply(value)),
        combiner::isComplete,
        metrics -> combiner.add(SearchTagValuesResponse.newBuilder().setMetrics(metrics).build()));
    return combiner.response();
  }

  SearchTagValuesV2Response typedValues(SearchTagValuesRequest request) throws IOException {
    AttributeReference reference = TagIdentifiers.require(request.getTagName());
    SearchTagValuesV2Combiner combiner = new SearchTagValuesV2Combiner(0, maxBytes);
    Consumer<TagValue> sink =
        value -> combiner.add(SearchTagValuesV2Response.newBuilder().addTagValues(value).build());
    if (reference instanceof Intrinsic intrinsic && !isListed(intrinsic)) {
      fixedValues(intrinsic).forEach(text -> sink.accept(tagValue("keyword", text)));
      return combiner.response();
    }
    FieldExpression filter = TagFilter.parse(request.getQuery()).orElse(null);
    Value pinned =
        filter == null ? Value.NIL : TagFilter.pinned(filter, reference).orElse(Value.NIL);
    if (pinned.type() != ValueType.NIL) {
      sink.accept(tagValue(pinned));
      return combiner.response();
    }
    forEachValue(
        reference,
        filter,
        value -> sink.accept(tagValue(value)),
        combiner::isComplete,
        metrics ->
            combiner.add(SearchTagValuesV2Response.newBuilder().setMetrics(metrics).build()));
    return combiner.response();
  }

  private void forEachValue(
      AttributeReference reference,
      @Nullable FieldExpression filter,
      Consumer<Value> sink,
      Completion completion,
      Consumer<MetadataMetrics> metrics)
      throws IOException {
    Set<Value> seen = new HashSet<>();
    tables.forEach(table -> {
      new TableTags(table, filter)
          .values(
              reference,
              value -> {
                if (!completion.isComplete() && seen.add(value)) {
                  sink.accept(value);
                }
              });
      metrics.accept(metrics(table));
      return !completion.isComplete();
    });
  }

  /// Whether the values in the data are listed; of the others the values are fixed.
  private static boolean isListed(Intrinsic intrinsic) {
    return switch (intrinsic) {
      case STATUS,
          KIND,
          DURATION,
          TRACE_DURATION,
          TRACE_ID,
          SPAN_ID,
          SPAN_PARENT_ID,
          LINK_TRACE_ID,
          LINK_SPAN_ID,
          PARENT,
          CHILD_COUNT ->
          false;
      case NAME,
          STATUS_MESSAGE,
          ROOT_NAME,
          ROOT_SERVICE_NAME,
          NESTED_SET_LEFT,
          NESTED_SET_RIGHT,
          NESTED_SET_PARENT,
          EVENT_NAME,
          EVENT_TIME_SINCE_START,
          INSTRUMENTATION_NAME,
          INSTRUMENTATION_VERSION ->
          true;
    };
  }

  private static List<String> fixedValues(Intrinsic intrinsic) {
    if (intrinsic == Intrinsic.STATUS) {
      return STATUSES;
    }
    return intrinsic == Intrinsic.KIND ? KINDS : List.of();
  }

  private static TagValue tagValue(Value value) {
    String type =
        switch (value.type()) {
          case STRING -> "string";
          case INT, DURATION -> "int";
          case FLOAT -> "float";
          case BOOLEAN -> "bool";
          case STATUS, KIND -> "keyword";
          case NIL, ARRAY, UNKNOWN ->
              throw new IllegalArgumentException("tag value: " + value + " (expected: a scalar)");
        };
    return tagValue(type, textOf(value));
  }

  private static TagValue tagValue(String type, String text) {
    return TagValue.newBuilder().setType(type).setValue(text).build();
  }

  private static String textOf(Value value) {
    return switch (value.type()) {
      case STRING -> value.text();
      case DURATION -> Long.toString(value.bits());
      case INT, FLOAT, BOOLEAN, STATUS, KIND, NIL, ARRAY, UNKNOWN -> value.toString();
    };
  }
}
