package io.vivace.wire.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import io.vivace.wire.tempopb.SearchMetrics;
import io.vivace.wire.tempopb.SearchResponse;
import io.vivace.wire.tempopb.ServiceStats;
import io.vivace.wire.tempopb.Trace;
import io.vivace.wire.tempopb.TraceSearchMetadata;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TempoJsonTest {
  @Test
  void leavesOutZeroesButNotInsideOneof() {
    KeyValue attribute =
        KeyValue.newBuilder().setKey("n").setValue(AnyValue.newBuilder().setIntValue(0)).build();
    assertThat(TempoJson.write(attribute))
        .isEqualTo("{\"key\":\"n\",\"value\":{\"intValue\":\"0\"}}");
  }

  @Test
  void writesIdsInBase64AndTimesAsText() {
    Trace trace =
        Trace.newBuilder()
            .addResourceSpans(
                ResourceSpans.newBuilder()
                    .addScopeSpans(
                        ScopeSpans.newBuilder()
                            .addSpans(
                                Span.newBuilder()
                                    .setSpanId(ByteString.copyFrom(new byte[8]))
                                    .setKind(Span.SpanKind.SPAN_KIND_SERVER)
                                    .setStartTimeUnixNano(-1)
                                    .setStatus(Status.getDefaultInstance()))))
            .build();
    assertThat(TempoJson.writeRenamed(trace, Map.of("resourceSpans", "batches")))
        .isEqualTo(
            "{\"batches\":[{\"scopeSpans\":[{\"spans\":[{\"spanId\":\"AAAAAAAAAAA=\","
                + "\"kind\":\"SPAN_KIND_SERVER\",\"startTimeUnixNano\":\"18446744073709551615\","
                + "\"status\":{}}]}]}]}");
  }

  @Test
  void keepsNamesAndSortsMapsAndEscapesForHtml() {
    SearchResponse response =
        SearchResponse.newBuilder()
            .addTraces(
                TraceSearchMetadata.newBuilder()
                    .setTraceID("a")
                    .setRootServiceName("<root & \u2028\u0001\"")
                    .putServiceStats("b", ServiceStats.newBuilder().setSpanCount(2).build())
                    .putServiceStats("a", ServiceStats.getDefaultInstance()))
            .setMetrics(SearchMetrics.getDefaultInstance())
            .build();
    assertThat(TempoJson.write(response))
        .isEqualTo(
            "{\"traces\":[{\"traceID\":\"a\","
                + "\"rootServiceName\":\"\\u003croot \\u0026 \\u2028\\u0001\\\"\","
                + "\"serviceStats\":{\"a\":{},\"b\":{\"spanCount\":2}}}],\"metrics\":{}}");
  }

  @Test
  void writesEmptyListsWhereAsked() {
    assertThat(TempoJson.write(SearchResponse.getDefaultInstance(), Set.of("traces")))
        .isEqualTo("{\"traces\":[]}");
  }
}
