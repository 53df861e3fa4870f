package io.vivace.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.vivace.wire.tempopb.SearchTagValuesRequest;
import io.vivace.wire.tempopb.SearchTagsRequest;
import io.vivace.wire.tempopb.SearchTagsV2Scope;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class GoldenTagsTest {
  /// Values that Tempo gives raw, and keys that occur twice in one span.
  private static final Set<String> SKIPPED =
      Set.of(
          "status",
          "kind",
          "duration",
          "trace:id",
          "span:id",
          "span:status",
          "span:kind",
          "span:duration",
          "traceDuration",
          "trace:duration",
          "span.k",
          "span.ded.one");

  static List<String> variants() {
    // vParquet5 by 3.0 leaves names of events out; vParquet3 has no names there
    return GoldenBlocks.variants().stream().filter(name -> name.contains("/v4")).toList();
  }

  @ParameterizedTest
  @MethodSource("variants")
  void listsNamesAndValuesOfTheData(String variant) throws IOException {
    BlockSearch block = new BlockSearch(GoldenBlocks.open(variant));
    JsonNode tags = Golden.json("blocks/" + variant + "/tags.json");
    List<String> failures = new ArrayList<>();
    for (JsonNode names : tags.path("names")) {
      String scope = names.path("scope").asString();
      check(
          failures,
          "names " + scope,
          scopes(names.path("tempo29").path("tags")),
          namesOf(block, scope, ""));
    }
    for (JsonNode values : tags.path("values")) {
      String tag = values.path("tag").asString();
      if (!SKIPPED.contains(tag) && values.path("tempo29").has("values")) {
        check(
            failures,
            "values " + tag,
            values(values.path("tempo29").path("values")),
            valuesOf(block, tag, ""));
      }
    }
    for (JsonNode values : tags.path("filteredValues")) {
      String tag = values.path("tag").asString();
      if (values.path("tempo29").has("values") && variant.startsWith("multi")) {
        check(
            failures,
            "values " + tag + values.path("query").asString(),
            values(values.path("tempo29").path("values")),
            valuesOf(block, tag, values.path("query").asString()));
      }
    }
    for (JsonNode names : tags.path("filteredNames")) {
      String scope = names.path("scope").asString();
      if (names.path("tempo30").has("tags") && variant.startsWith("multi")) {
        check(
            failures,
            "names " + scope + names.path("query").asString(),
            scopes(names.path("tempo30").path("tags")),
            namesOf(block, scope, names.path("query").asString()));
      }
    }
    assertThat(failures).isEmpty();
  }

  private static void check(List<String> failures, String what, Object expected, Object actual) {
    if (!expected.equals(actual)) {
      failures.add(what + "\n  expected " + expected + "\n  actual   " + actual);
    }
  }

  private static Map<String, Set<String>> scopes(JsonNode tags) {
    Map<String, Set<String>> scopes = new TreeMap<>();
    tags.properties()
        .forEach(entry -> {
          Set<String> names = new TreeSet<>();
          entry.getValue().forEach(name -> names.add(name.asString()));
          if (!names.isEmpty()) {
            scopes.put(entry.getKey(), names);
          }
        });
    return scopes;
  }

  private static Map<String, Set<String>> namesOf(Searchable block, String scope, String query)
      throws IOException {
    Map<String, Set<String>> scopes = new TreeMap<>();
    SearchTagsRequest request =
        SearchTagsRequest.newBuilder().setScope(scope).setQuery(query).build();
    for (SearchTagsV2Scope each : block.searchTagsV2(request, 0).getScopesList()) {
      if (!each.getName().equals("intrinsic")) {
        scopes.put(each.getName(), new TreeSet<>(each.getTagsList()));
      }
    }
    return scopes;
  }

  private static Set<String> values(JsonNode list) {
    Set<String> values = new TreeSet<>();
    list.forEach(
        value -> values.add(value.path("type").asString() + ":" + value.path("value").asString()));
    return values;
  }

  private static Set<String> valuesOf(Searchable block, String tag, String query)
      throws IOException {
    Set<String> values = new TreeSet<>();
    SearchTagValuesRequest request =
        SearchTagValuesRequest.newBuilder().setTagName(tag).setQuery(query).build();
    block
        .searchTagValuesV2(request, 0)
        .getTagValuesList()
        .forEach(value -> values.add(value.getType() + ":" + value.getValue()));
    return values;
  }
}
