package io.vivace.wire.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.EntityRef;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.vivace.wire.TraceId;
import io.vivace.wire.tempopb.Trace;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class OtlpScannerTest {
  private static final Span GOOD =
      Span.newBuilder()
          .setTraceId(ByteString.copyFrom(TraceId.ofHex("1").toBytes()))
          .setSpanId(ByteString.copyFrom(new byte[] {0, 0, 0, 0, 0, 0, 0, 1}))
          .build();

  @Test
  void regroupsLikeTheSlowTwin() throws Exception {
    for (long seed = 0; seed < 300; seed++) {
      ExportTraceServiceRequest request = new RandomTraces(new SplittableRandom(seed)).request();
      List<Group> actual = new ArrayList<>();
      for (TraceSlice slice :
          OtlpRegrouper.regroup(OtlpScanner.scan(request.toByteArray()), seed)) {
        List<ResourceSpans> resources = Trace.parseFrom(slice.bytes()).getResourceSpansList();
        for (ResourceSpans resource : resources) {
          actual.addAll(groups(List.of(resource)));
          assertThat(resource.getScopeSpansCount()).isEqualTo(1);
        }
        assertThat(actual).extracting(Group::traceId).contains(slice.traceId());
        assertThat(groups(resources).stream().mapToInt(group -> group.spans().size()).sum())
            .isEqualTo(slice.spanCount());
      }
      assertThat(actual)
          .as("seed %d", seed)
          .containsExactlyInAnyOrderElementsOf(groups(request.getResourceSpansList()));
    }
  }

  /// The spans of one trace under equal scopes of one resource.
  private record Group(TraceId traceId, ResourceSpans around, List<Span> spans) {}

  private static List<Group> groups(List<ResourceSpans> resources) {
    List<Group> groups = new ArrayList<>();
    for (ResourceSpans resource : resources) {
      List<Group> ofResource = new ArrayList<>();
      for (ScopeSpans scope : resource.getScopeSpansList()) {
        ResourceSpans around =
            resource.toBuilder()
                .clearScopeSpans()
                .addScopeSpans(scope.toBuilder().clearSpans())
                .build();
        for (Span span : scope.getSpansList()) {
          TraceId traceId = TraceId.of(span.getTraceId().toByteArray());
          groupOf(ofResource, traceId, around).spans().add(span);
        }
      }
      groups.addAll(ofResource);
    }
    return groups;
  }

  private static Group groupOf(List<Group> groups, TraceId traceId, ResourceSpans around) {
    for (Group group : groups) {
      if (group.traceId().equals(traceId) && group.around().equals(around)) {
        return group;
      }
    }
    Group group = new Group(traceId, around, new ArrayList<>());
    groups.add(group);
    return group;
  }

  @Test
  void neverFailsOtherwiseThanDeclared() throws Exception {
    for (long seed = 0; seed < 20_000; seed++) {
      RandomGenerator random = new SplittableRandom(seed);
      byte[] bytes = new RandomTraces(random).request().toByteArray();
      for (int i = random.nextInt(8); i >= 0 && bytes.length > 0; i--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      byte[] cut = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
      try {
        OtlpBatch batch = OtlpScanner.truncate(OtlpScanner.scan(cut), 10, () -> {});
        for (TraceSlice slice : OtlpRegrouper.regroup(batch, seed)) {
          Trace _ = Trace.parseFrom(slice.bytes());
        }
      } catch (MalformedOtlpException expected) {
        assertThat(expected).as("seed %d", seed).hasMessageContaining("expected");
      } catch (InvalidProtocolBufferException | RuntimeException e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }

  @Test
  void namesTheFirstMissingId() throws Exception {
    assertThat(scan(Span.getDefaultInstance()).invalidId()).isEqualTo(InvalidId.TRACE_ID);
    assertThat(scan(GOOD.toBuilder().clearSpanId().build()).invalidId())
        .isEqualTo(InvalidId.SPAN_ID);
    assertThat(scan(GOOD).invalidId()).isNull();
  }

  @Test
  void refusesIdsOfOddLength() {
    Span span = GOOD.toBuilder().setTraceId(ByteString.copyFrom(new byte[8])).build();
    assertThatThrownBy(() -> scan(span))
        .isInstanceOf(MalformedOtlpException.class)
        .hasMessageStartingWith("trace id length: 8 (expected: 0 or 16 bytes)");
  }

  @Test
  void countsTheCanonicalSize() throws Exception {
    ExportTraceServiceRequest request = request(GOOD);
    // resource, scope, status and parent id are absent on the wire
    assertThat(OtlpScanner.scan(request.toByteArray()).size())
        .isEqualTo(request.getSerializedSize() + 4 * 2);
  }

  @Test
  void refusesDeepNesting() {
    AnyValue value = AnyValue.newBuilder().setIntValue(1).build();
    for (int i = 0; i < 200; i++) {
      value = AnyValue.newBuilder().setArrayValue(ArrayValue.newBuilder().addValues(value)).build();
    }
    Span span =
        GOOD.toBuilder()
            .addAttributes(KeyValue.newBuilder().setKey("deep").setValue(value))
            .build();
    assertThatThrownBy(() -> scan(span))
        .isInstanceOf(MalformedOtlpException.class)
        .hasMessageContaining("depth");
  }

  @Test
  void takesSpansOfOldInstrumentationLibraries() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.writeByteArray(1000, ScopeSpans.newBuilder().addSpans(GOOD).build().toByteArray());
    out.flush();
    OtlpBatch batch = OtlpScanner.scan(wrap(bytes.toByteArray()));
    assertThat(batch.spanCount()).isEqualTo(1);
  }

  @Test
  void replacesBytesThatAreNoText() throws Exception {
    byte[] name = {'a', (byte) 0xff, 'b'};
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.writeByteArray(5, name);
    GOOD.writeTo(out);
    out.flush();
    OtlpBatch batch = OtlpScanner.scan(wrapSpan(bytes.toByteArray()));
    assertThat(only(batch).getName()).isEqualTo("a\ufffdb");
  }

  @Test
  void cutsLongAttributesOnly() throws Exception {
    Span span =
        GOOD.toBuilder()
            .setName("n".repeat(50))
            .addAttributes(text("k".repeat(20), "ä".repeat(20)))
            .addAttributes(text("short", "v"))
            .build();
    AtomicInteger cuts = new AtomicInteger();
    OtlpBatch batch = OtlpScanner.truncate(scan(span), 9, cuts::incrementAndGet);
    assertThat(only(batch).getAttributesList())
        .containsExactly(text("k".repeat(9), "ä".repeat(4)), text("short", "v"));
    assertThat(only(batch).getName()).hasSize(50);
    assertThat(cuts).hasValue(2);
  }

  @Test
  void joinsAResourceGivenInParts() throws Exception {
    ResourceSpans first =
        ResourceSpans.newBuilder()
            .setResource(Resource.newBuilder().addAttributes(text("a", "1")))
            .build();
    ResourceSpans second =
        ResourceSpans.newBuilder()
            .setResource(Resource.newBuilder().addAttributes(text("b", "2")))
            .addScopeSpans(ScopeSpans.newBuilder().addSpans(GOOD))
            .build();
    byte[] both = first.toByteString().concat(second.toByteString()).toByteArray();
    OtlpBatch batch = OtlpScanner.scan(wrap(both));
    Trace trace = Trace.parseFrom(OtlpRegrouper.regroup(batch, 0).getFirst().bytes());
    assertThat(trace.getResourceSpans(0).getResource().getAttributesList())
        .containsExactly(text("a", "1"), text("b", "2"));
  }

  @Test
  void givesAttributesWithoutAValueAnEmptyOne() throws Exception {
    Span span = GOOD.toBuilder().addAttributes(KeyValue.newBuilder().setKey("k")).build();
    assertThat(only(scan(span)).getAttributes(0).hasValue()).isTrue();
  }

  @Test
  void dropsEntityReferences() throws Exception {
    ResourceSpans resource =
        ResourceSpans.newBuilder()
            .setResource(
                Resource.newBuilder()
                    .addEntityRefs(EntityRef.newBuilder().setSchemaUrl("x"))
                    .addAttributes(text("a", "1")))
            .addScopeSpans(ScopeSpans.newBuilder().addSpans(GOOD))
            .build();
    OtlpBatch batch = OtlpScanner.scan(wrap(resource.toByteArray()));
    Trace trace = Trace.parseFrom(OtlpRegrouper.regroup(batch, 0).getFirst().bytes());
    assertThat(trace.getResourceSpans(0).getResource())
        .isEqualTo(resource.getResource().toBuilder().clearEntityRefs().build());
  }

  private static KeyValue text(String key, String value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }

  private static Span only(OtlpBatch batch) throws IOException {
    Trace trace = Trace.parseFrom(OtlpRegrouper.regroup(batch, 0).getFirst().bytes());
    return trace.getResourceSpans(0).getScopeSpans(0).getSpans(0);
  }

  private static OtlpBatch scan(Span span) throws MalformedOtlpException {
    return OtlpScanner.scan(request(span).toByteArray());
  }

  private static ExportTraceServiceRequest request(Span span) {
    return ExportTraceServiceRequest.newBuilder()
        .addResourceSpans(
            ResourceSpans.newBuilder().addScopeSpans(ScopeSpans.newBuilder().addSpans(span)))
        .build();
  }

  private static byte[] wrapSpan(byte[] span) throws IOException {
    ByteArrayOutputStream scope = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(scope);
    out.writeByteArray(2, span);
    out.flush();
    ByteArrayOutputStream resource = new ByteArrayOutputStream();
    out = CodedOutputStream.newInstance(resource);
    out.writeByteArray(2, scope.toByteArray());
    out.flush();
    return wrap(resource.toByteArray());
  }

  private static byte[] wrap(byte[] resourceSpans) throws IOException {
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(request);
    out.writeByteArray(1, resourceSpans);
    out.flush();
    return request.toByteArray();
  }
}
