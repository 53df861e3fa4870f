package io.vivace.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.vivace.traceql.TraceQlException;
import io.vivace.wire.TraceId;
import io.vivace.wire.tempopb.SearchRequest;
import io.vivace.wire.tempopb.SearchResponse;
import io.vivace.wire.tempopb.SearchTagValuesRequest;
import io.vivace.wire.tempopb.SearchTagsRequest;
import io.vivace.wire.tempopb.Trace;
import io.vivace.wire.tempopb.TraceSearchMetadata;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveTracesTest {
  private static final long SECOND = 1_000_000_000L;

  private static KeyValue text(String key, String value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }

  /// A trace of `spans` spans of one second each, begun at `start` seconds.
  private static TraceColumns trace(int number, String service, long start, int spans) {
    ScopeSpans.Builder scope = ScopeSpans.newBuilder();
    for (int i = 0; i < spans; i++) {
      byte[] id = {0, 0, 0, 0, 0, 0, (byte) number, (byte) (i + 1)};
      Span.Builder span =
          Span.newBuilder()
              .setSpanId(ByteString.copyFrom(id))
              .setName("op-" + i)
              .setStartTimeUnixNano((start + i) * SECOND)
              .setEndTimeUnixNano((start + i + 1) * SECOND)
              .addAttributes(text("user.tier", i == 0 ? "gold" : "silver"));
      if (i > 0) {
        span.setParentSpanId(ByteString.copyFrom(new byte[] {0, 0, 0, 0, 0, 0, (byte) number, 1}));
      }
      span.addAttributes(
          KeyValue.newBuilder()
              .setKey("rules")
              .setValue(
                  AnyValue.newBuilder()
                      .setArrayValue(
                          ArrayValue.newBuilder()
                              .addValues(AnyValue.newBuilder().setStringValue("price"))
                              .addValues(AnyValue.newBuilder().setStringValue("stock")))));
      scope.addSpans(span);
    }
    return TraceColumns.decode(
        new TraceId(0, number),
        Trace.newBuilder()
            .addResourceSpans(
                ResourceSpans.newBuilder()
                    .setResource(Resource.newBuilder().addAttributes(text("service.name", service)))
                    .addScopeSpans(scope))
            .build());
  }

  private static LiveTraces traces() {
    List<TraceColumns> traces = new ArrayList<>();
    for (int i = 1; i <= 5; i++) {
      traces.add(trace(i, i % 2 == 0 ? "cart-api" : "mail", 100L * i, i));
    }
    return new LiveTraces(traces);
  }

  private static List<String> ids(SearchResponse response) {
    return response.getTracesList().stream().map(TraceSearchMetadata::getTraceID).toList();
  }

  private static List<String> find(SearchRequest.Builder request) throws IOException {
    return ids(traces().search(request.build()));
  }

  @Test
  void givesTheNewestTracesFirst() throws IOException {
    assertThat(find(SearchRequest.newBuilder().setQuery("{ }")))
        .containsExactly("5", "4", "3", "2", "1");
    assertThat(find(SearchRequest.newBuilder().setQuery("{ }").setLimit(2)))
        .containsExactly("5", "4");
  }

  @Test
  void showsTheFirstSpansOfASpanSet() throws IOException {
    SearchResponse response =
        traces()
            .search(
                SearchRequest.newBuilder()
                    .setQuery("{ name =~ \"op-.*\" }")
                    .setSpansPerSpanSet(2)
                    .setLimit(1)
                    .build());
    TraceSearchMetadata trace = response.getTraces(0);
    assertThat(trace.getSpanSet()).isEqualTo(trace.getSpanSets(0));
    assertThat(trace.getSpanSet().getMatched()).isEqualTo(5);
    assertThat(trace.getSpanSet().getSpansList())
        .extracting(io.vivace.wire.tempopb.Span::getName)
        .containsExactly("op-0", "op-1");
    assertThat(trace.getServiceStatsOrThrow("mail").getSpanCount()).isEqualTo(5);
    assertThat(response.getMetrics().getInspectedTraces()).isPositive();
  }

  @Test
  void leavesOutTracesOutsideTheRange() throws IOException {
    assertThat(find(SearchRequest.newBuilder().setQuery("{ }").setStart(202).setEnd(300)))
        .containsExactly("3", "2");
    assertThat(find(SearchRequest.newBuilder().setQuery("{ }").setStart(203).setEnd(299)))
        .isEmpty();
  }

  @Test
  void findsTagsBySubstringOrWhole() throws IOException {
    assertThat(find(SearchRequest.newBuilder().putTags("service.name", "cart")))
        .containsExactly("4", "2");
    assertThat(find(SearchRequest.newBuilder().putTags("service.name", "CART"))).isEmpty();
    assertThat(find(SearchRequest.newBuilder().putTags("name", "p-4"))).containsExactly("5");
    assertThat(find(SearchRequest.newBuilder().putTags("user.tier", "silve"))).isEmpty();
    assertThat(find(SearchRequest.newBuilder().putTags("user.tier", "silver"))).hasSize(4);
    assertThat(find(SearchRequest.newBuilder().putTags("rules", "stock"))).hasSize(5);
    assertThat(
            find(
                SearchRequest.newBuilder()
                    .putTags("root.service.name", "mail")
                    .putTags("user.tier", "silver")))
        .containsExactly("5", "3");
  }

  @Test
  void boundsTheDurationOfTracesInASearchByTags() throws IOException {
    assertThat(find(SearchRequest.newBuilder().setMinDurationMs(4000))).containsExactly("5", "4");
    assertThat(find(SearchRequest.newBuilder().setMaxDurationMs(1000))).containsExactly("1");
    SearchResponse response =
        traces().search(SearchRequest.newBuilder().setMaxDurationMs(1000).build());
    assertThat(response.getTraces(0).getSpanSetsList()).isEmpty();
    assertThat(response.getTraces(0).getServiceStatsMap()).isEmpty();
  }

  @Test
  void answersAQueryThatCannotMatchAtOnce() throws IOException {
    SearchResponse response =
        traces().search(SearchRequest.newBuilder().setQuery("{ false }").build());
    assertThat(response.getTracesList()).isEmpty();
    assertThat(response.getMetrics().getInspectedTraces()).isZero();
  }

  @Test
  void rejectsWhatIsNoQuery() {
    assertThatThrownBy(() -> find(SearchRequest.newBuilder().setQuery("{ .a == 1 }")))
        .isInstanceOf(TraceQlException.class)
        .hasMessage("parse error at line 1, col 7: syntax error: unexpected =");
  }

  @Test
  void searchesTheSpansOfAMetricsQuery() throws IOException {
    assertThat(find(SearchRequest.newBuilder().setQuery("{ name = \"op-4\" } | rate()")))
        .containsExactly("5");
  }

  @Test
  void cutsTagsAtTheBoundOfBytes() throws IOException {
    SearchTagValuesRequest values = SearchTagValuesRequest.newBuilder().setTagName("name").build();
    assertThat(traces().searchTagValues(values, 0).getTagValuesList())
        .containsExactly("op-0", "op-1", "op-2", "op-3", "op-4");
    assertThat(traces().searchTagValues(values, 9).getTagValuesList()).hasSize(2);
  }

  @Test
  void listsIntrinsicsWhereTheyAreAskedFor() throws IOException {
    SearchTagsRequest intrinsic = SearchTagsRequest.newBuilder().setScope("intrinsic").build();
    assertThat(traces().searchTags(intrinsic, 0).getTagNamesList()).hasSize(20).isSorted();
    assertThat(traces().searchTags(SearchTagsRequest.getDefaultInstance(), 0).getTagNamesList())
        .containsExactly("rules", "service.name", "user.tier");
    assertThatThrownBy(
            () -> traces().searchTags(SearchTagsRequest.newBuilder().setScope("bogus").build(), 0))
        .hasMessage("invalid scope: bogus");
  }

  @Test
  void returnsAPinnedValueWithoutLooking() throws IOException {
    SearchTagValuesRequest request =
        SearchTagValuesRequest.newBuilder()
            .setTagName("resource.service.name")
            .setQuery("{ resource.service.name = \"zzz\" }")
            .build();
    assertThat(traces().searchTagValuesV2(request, 0).getTagValuesList())
        .singleElement()
        .satisfies(value -> assertThat(value.getValue()).isEqualTo("zzz"));
  }
}
