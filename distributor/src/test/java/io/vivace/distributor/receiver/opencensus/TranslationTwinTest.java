package io.vivace.distributor.receiver.opencensus;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.vivace.distributor.receiver.OtlpText;
import io.vivace.distributor.receiver.opencensus.proto.ExportTraceServiceRequest;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TranslationTwinTest {
  private static final int MESSAGES = 2000;

  @Test
  void translatesLikeTheSlowTwin() throws Exception {
    long seed = Long.getLong("seed", 20261124);
    RandomMessages messages = new RandomMessages(new SplittableRandom(seed));
    for (int i = 0; i < MESSAGES; i++) {
      ExportTraceServiceRequest message = messages.next();

      byte[] otlp = new OpenCensusStream().translate(message.toByteArray());

      assertThat(sorted(OtlpText.parse(otlp).getResourceSpansList()))
          .as("seed %d, message %d: %s", seed, i, message)
          .isEqualTo(sorted(SlowTranslation.translate(message)));
    }
  }

  /// Attributes come out of maps: their order says nothing.
  private static List<ResourceSpans> sorted(List<ResourceSpans> all) {
    return all.stream().map(TranslationTwinTest::sorted).toList();
  }

  private static ResourceSpans sorted(ResourceSpans resource) {
    ResourceSpans.Builder builder = resource.toBuilder();
    List<KeyValue> attributes = sort(resource.getResource().getAttributesList());
    builder.getResourceBuilder().clearAttributes().addAllAttributes(attributes);
    for (ScopeSpans.Builder scope : builder.getScopeSpansBuilderList()) {
      scope.getSpansBuilderList().forEach(TranslationTwinTest::sort);
    }
    return builder.build();
  }

  private static void sort(Span.Builder span) {
    List<KeyValue> attributes = sort(span.getAttributesList());
    span.clearAttributes().addAllAttributes(attributes);
    for (Span.Event.Builder event : span.getEventsBuilderList()) {
      List<KeyValue> sorted = sort(event.getAttributesList());
      event.clearAttributes().addAllAttributes(sorted);
    }
    for (Span.Link.Builder link : span.getLinksBuilderList()) {
      List<KeyValue> sorted = sort(link.getAttributesList());
      link.clearAttributes().addAllAttributes(sorted);
    }
  }

  private static List<KeyValue> sort(List<KeyValue> attributes) {
    return attributes.stream().sorted(Comparator.comparing(KeyValue::getKey)).toList();
  }
}
