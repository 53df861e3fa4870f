package io.vivace.distributor.receiver.opencensus;

import com.google.protobuf.BoolValue;
import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import io.vivace.distributor.receiver.opencensus.proto.AttributeValue;
import io.vivace.distributor.receiver.opencensus.proto.Attributes;
import io.vivace.distributor.receiver.opencensus.proto.ExportTraceServiceRequest;
import io.vivace.distributor.receiver.opencensus.proto.LibraryInfo.Language;
import io.vivace.distributor.receiver.opencensus.proto.Node;
import io.vivace.distributor.receiver.opencensus.proto.Resource;
import io.vivace.distributor.receiver.opencensus.proto.Span;
import io.vivace.distributor.receiver.opencensus.proto.Span.Link;
import io.vivace.distributor.receiver.opencensus.proto.Span.TimeEvent;
import io.vivace.distributor.receiver.opencensus.proto.Span.Tracestate;
import io.vivace.distributor.receiver.opencensus.proto.Status;
import io.vivace.distributor.receiver.opencensus.proto.TruncatableString;
import java.util.List;
import java.util.random.RandomGenerator;

/// Makes messages with everything that the table of translation has a row for.
final class RandomMessages {
  private static final List<String> KEYS = List.of("a", "b", "span.kind", "otel.status_code");
  private static final List<String> TEXTS = List.of("", "x", "internal", "consumer", "✓");

  private final RandomGenerator random;

  RandomMessages(RandomGenerator random) {
    this.random = random;
  }

  ExportTraceServiceRequest next() {
    ExportTraceServiceRequest.Builder message = ExportTraceServiceRequest.newBuilder();
    if (random.nextBoolean()) {
      message.setNode(node());
    }
    if (random.nextBoolean()) {
      message.setResource(resource());
    }
    for (int i = random.nextInt(5); i > 0; i--) {
      message.addSpans(span());
    }
    return message.build();
  }

  private Node node() {
    Node.Builder node = Node.newBuilder();
    node.getServiceInfoBuilder().setName(text());
    node.getIdentifierBuilder().setHostName(text()).setPid(random.nextInt(3));
    node.getLibraryInfoBuilder()
        .setLanguage(Language.forNumber(random.nextInt(11)))
        .setExporterVersion(text());
    return node.putAttributes("a", text()).build();
  }

  private Resource resource() {
    return Resource.newBuilder().setType(text()).putLabels("cloud.zone", text()).build();
  }

  private Span span() {
    Span.Builder span =
        Span.newBuilder()
            .setTraceId(bytes(random.nextInt(18)))
            .setSpanId(bytes(8))
            .setParentSpanId(bytes(random.nextInt(2) * 8))
            .setName(truncatable())
            .setStartTime(time())
            .setKindValue(random.nextInt(3));
    if (random.nextBoolean()) {
      span.setAttributes(attributes());
    }
    if (random.nextBoolean()) {
      span.setStatus(Status.newBuilder().setCode(random.nextInt(3)).setMessage(text()));
    }
    if (random.nextBoolean()) {
      span.setSameProcessAsParentSpan(BoolValue.of(random.nextBoolean()));
    }
    if (random.nextBoolean()) {
      span.setTracestate(state());
    }
    if (random.nextInt(4) == 0) {
      span.setResource(resource());
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      span.getTimeEventsBuilder().addTimeEvent(event());
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      span.getLinksBuilder()
          .addLink(
              Link.newBuilder()
                  .setTraceId(bytes(16))
                  .setSpanId(bytes(8))
                  .setTracestate(state())
                  .setAttributes(attributes()))
          .setDroppedLinksCount(random.nextInt(3));
    }
    return span.build();
  }

  private TimeEvent event() {
    TimeEvent.Builder event = TimeEvent.newBuilder().setTime(time());
    switch (random.nextInt(3)) {
      case 0 ->
          event.getAnnotationBuilder().setDescription(truncatable()).setAttributes(attributes());
      case 1 -> event.getMessageEventBuilder().setTypeValue(random.nextInt(3)).setId(5);
      default -> {}
    }
    return event.build();
  }

  private Attributes attributes() {
    Attributes.Builder attributes =
        Attributes.newBuilder().setDroppedAttributesCount(random.nextInt(3));
    for (int i = random.nextInt(4); i > 0; i--) {
      AttributeValue.Builder value = AttributeValue.newBuilder();
      switch (random.nextInt(5)) {
        case 0 -> value.setStringValue(truncatable());
        case 1 -> value.setIntValue(random.nextInt(4));
        case 2 -> value.setBoolValue(random.nextBoolean());
        case 3 -> value.setDoubleValue(random.nextDouble());
        default -> {}
      }
      attributes.putAttributeMap(KEYS.get(random.nextInt(KEYS.size())), value.build());
    }
    return attributes.build();
  }

  private Tracestate state() {
    return Tracestate.newBuilder()
        .addEntries(Tracestate.Entry.newBuilder().setKey("k").setValue(text()))
        .build();
  }

  private Timestamp time() {
    return Timestamp.newBuilder().setSeconds(random.nextInt(100)).setNanos(7).build();
  }

  private TruncatableString truncatable() {
    return TruncatableString.newBuilder().setValue(text()).build();
  }

  private String text() {
    return TEXTS.get(random.nextInt(TEXTS.size()));
  }

  private ByteString bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return ByteString.copyFrom(bytes);
  }
}
