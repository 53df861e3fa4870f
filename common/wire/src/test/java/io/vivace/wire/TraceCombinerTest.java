package io.vivace.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.vivace.wire.tempopb.Trace;
import java.util.List;
import org.junit.jupiter.api.Test;

class TraceCombinerTest {
  @Test
  void keepsEachSpanOnceWhateverTheOrderOfItsAttributes() {
    Span span = span(1, 10);
    Span copy = span.toBuilder().clearAttributes().build();
    Trace combined = TraceCombiner.combine(List.of(trace("a", span), trace("a", copy, span(2, 5))));
    assertThat(spans(combined)).extracting(Span::getSpanId).containsExactly(id(2), id(1));
  }

  @Test
  void keepsDifferentSpansThatShareAnId() {
    Span server = span(1, 10).toBuilder().setKind(Span.SpanKind.SPAN_KIND_SERVER).build();
    Span later = span(1, 11);
    assertThat(spans(TraceCombiner.combine(List.of(trace("a", span(1, 10), server, later)))))
        .hasSize(3);
  }

  @Test
  void joinsEqualResourcesAndSortsByStart() {
    Trace combined =
        TraceCombiner.combine(
            List.of(trace("b", span(1, 30)), trace("a", span(2, 20)), trace("b", span(3, 10))));
    assertThat(combined.getResourceSpansList())
        .extracting(resource -> resource.getResource().getAttributes(0).getValue().getStringValue())
        .containsExactly("b", "a");
    assertThat(combined.getResourceSpans(0).getScopeSpans(0).getSpansList())
        .extracting(Span::getSpanId)
        .containsExactly(id(3), id(1));
  }

  @Test
  void givesTheSameForPiecesInAnyOrder() {
    List<Trace> pieces =
        List.of(trace("a", span(1, 1), span(2, 1)), trace("b", span(3, 1)), trace("a", span(4, 0)));
    assertThat(TraceCombiner.combine(pieces.reversed())).isEqualTo(TraceCombiner.combine(pieces));
  }

  @Test
  void fillsInWhatReadersExpect() {
    Trace combined = TraceCombiner.combine(List.of(trace("a", span(1, 1))));
    assertThat(combined.getResourceSpans(0).hasResource()).isTrue();
    assertThat(combined.getResourceSpans(0).getScopeSpans(0).hasScope()).isTrue();
    assertThat(spans(combined)).allMatch(Span::hasStatus);
  }

  private static List<Span> spans(Trace trace) {
    return trace.getResourceSpansList().stream()
        .flatMap(resource -> resource.getScopeSpansList().stream())
        .flatMap(scope -> scope.getSpansList().stream())
        .toList();
  }

  private static Trace trace(String service, Span... spans) {
    return Trace.newBuilder()
        .addResourceSpans(
            ResourceSpans.newBuilder()
                .setResource(Resource.newBuilder().addAttributes(attribute(service)))
                .addScopeSpans(ScopeSpans.newBuilder().addAllSpans(List.of(spans))))
        .build();
  }

  private static KeyValue attribute(String value) {
    return KeyValue.newBuilder()
        .setKey("service.name")
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }

  private static Span span(int id, long start) {
    return Span.newBuilder()
        .setSpanId(id(id))
        .setStartTimeUnixNano(start)
        .setName("span")
        .addAttributes(attribute("x"))
        .build();
  }

  private static ByteString id(int id) {
    return ByteString.copyFrom(new byte[] {0, 0, 0, 0, 0, 0, 0, (byte) id});
  }
}
