package io.vivace.distributor.forwarder;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.trace.v1.Span;
import io.vivace.distributor.forwarder.ottl.Condition;
import io.vivace.testkit.Traces;
import io.vivace.wire.TraceId;
import io.vivace.wire.tempopb.Trace;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpanFilterTest {
  private static final Condition ODD = target -> target.span().getName().equals("operation 1");
  private static final Condition SHOP =
      target -> target.resource().getAttributes(0).getValue().getStringValue().equals("shop");

  private final Trace shop = Traces.trace(new TraceId(1, 1), "shop", 3, 1);
  private final Trace cart = Traces.trace(new TraceId(1, 2), "cart", 3, 1);
  private final Trace both = shop.toBuilder().mergeFrom(cart).build();

  @Test
  void passesTheSameBytesWhenThereIsNothingToFilter() throws Exception {
    byte[] otlp = both.toByteArray();
    assertThat(new SpanFilter(List.of(), List.of()).apply(otlp)).isSameAs(otlp);
  }

  @Test
  void dropsSpansThatFulfilAnyConditionAndWhatIsEmptyThen() throws Exception {
    byte[] kept = new SpanFilter(List.of(ODD, SHOP), List.of()).apply(both.toByteArray());
    Trace trace = Trace.parseFrom(kept);
    assertThat(trace.getResourceSpansList()).hasSize(1);
    assertThat(trace.getResourceSpans(0).getResource())
        .isEqualTo(cart.getResourceSpans(0).getResource());
    assertThat(trace.getResourceSpans(0).getScopeSpans(0).getSpansList())
        .extracting(Span::getName)
        .containsExactly("operation 0", "operation 2");
  }

  @Test
  void leavesNothingWhenEverythingIsDropped() throws Exception {
    assertThat(new SpanFilter(List.of(SHOP), List.of()).apply(shop.toByteArray())).isEmpty();
  }

  @Test
  void dropsEventsOfSpansThatAreKept() throws Exception {
    Trace.Builder trace = shop.toBuilder();
    trace
        .getResourceSpansBuilder(0)
        .getScopeSpansBuilder(0)
        .getSpansBuilder(0)
        .addEvents(Span.Event.newBuilder().setName("retry"))
        .addEvents(Span.Event.newBuilder().setName("done"));
    Condition retry = target -> target.event().getName().equals("retry");
    byte[] kept = new SpanFilter(List.of(), List.of(retry)).apply(trace.build().toByteArray());
    assertThat(
            Trace.parseFrom(kept).getResourceSpans(0).getScopeSpans(0).getSpans(0).getEventsList())
        .extracting(Span.Event::getName)
        .containsExactly("done");
  }
}
