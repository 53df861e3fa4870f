package io.vivace.block.row;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.vivace.wire.tempopb.Trace;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RebatchingTest {
  private final Rebatching rebatching = new Rebatching(Slots.ofResource(List.of()));

  @Test
  void joinsTheSameByScanAsByKey() {
    int joined = 0;
    for (long seed = 0; seed < 2000; seed++) {
      Trace trace = random(new Random(seed));
      Trace byKey = rebatching.joinByKey(trace);
      assertThat(rebatching.joinByScan(trace)).as("seed " + seed).isEqualTo(byKey);
      assertThat(rebatching.rebatch(trace)).as("seed " + seed).isEqualTo(byKey);
      joined += trace.getResourceSpansCount() - byKey.getResourceSpansCount();
    }
    assertThat(joined).isGreaterThan(50);
  }

  private static Trace random(Random random) {
    Trace.Builder trace = Trace.newBuilder();
    for (int i = random.nextInt(6); i >= 0; i--) {
      List<KeyValue> attributes = new ArrayList<>();
      for (String key : List.of("service.name", "cluster", "a", "b", "service.name")) {
        if (random.nextInt(3) > 0) {
          attributes.add(attribute(key, random));
        }
      }
      Collections.shuffle(attributes, random);
      ResourceSpans.Builder resource =
          ResourceSpans.newBuilder()
              .setResource(Resource.newBuilder().addAllAttributes(attributes));
      for (int s = random.nextInt(3); s > 0; s--) {
        resource.addScopeSpans(
            ScopeSpans.newBuilder()
                .setScope(InstrumentationScope.newBuilder().setName("s" + random.nextInt(2)))
                .addSpans(Span.newBuilder().setName("n" + random.nextInt())));
      }
      trace.addResourceSpans(resource);
    }
    return trace.build();
  }

  private static KeyValue attribute(String key, Random random) {
    AnyValue.Builder value = AnyValue.newBuilder();
    if (random.nextInt(5) == 0) {
      value.setIntValue(random.nextInt(2));
    } else {
      value.setStringValue(random.nextInt(4) == 0 ? "" : "v");
    }
    return KeyValue.newBuilder().setKey(key).setValue(value).build();
  }
}
