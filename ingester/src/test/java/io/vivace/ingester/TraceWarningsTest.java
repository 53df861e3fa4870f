package io.vivace.ingester;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.vivace.testkit.Traces;
import io.vivace.wire.TraceId;
import io.vivace.wire.tempopb.Trace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class TraceWarningsTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final TraceWarnings warnings = new TraceWarnings(registry);
  private final Trace whole = Traces.trace(new TraceId(1, 1), "shop", 3, 1);

  @Test
  void isContentWithAWholeTrace() {
    warnings.look("t", whole);
    assertThat(registry.getMeters()).isEmpty();
  }

  @Test
  void countsSpansWhoseParentIsNotThere() {
    Trace.Builder trace = whole.toBuilder();
    spans(trace).getSpansBuilder(2).setParentSpanId(ByteString.copyFromUtf8("stranger"));
    warnings.look("t", trace.build());
    assertThat(count(TraceWarnings.DISCONNECTED)).isEqualTo(1);
    assertThat(count(TraceWarnings.ROOTLESS)).isZero();
  }

  @Test
  void countsTracesWithoutARoot() {
    Trace.Builder trace = whole.toBuilder();
    spans(trace).removeSpans(0);
    warnings.look("t", trace.build());
    assertThat(count(TraceWarnings.DISCONNECTED)).isEqualTo(1);
    assertThat(count(TraceWarnings.ROOTLESS)).isEqualTo(1);
  }

  @Test
  void takesAParentOfZerosForNone() {
    Trace.Builder trace = whole.toBuilder();
    spans(trace).getSpansBuilder(0).setParentSpanId(ByteString.copyFrom(new byte[8]));
    warnings.look("t", trace.build());
    assertThat(registry.getMeters()).isEmpty();
  }

  @Test
  void seesEveryTraceOfABlockOnce() {
    Trace.Builder trace = whole.toBuilder();
    spans(trace).removeSpans(0);
    Recorder recorder = new Recorder();
    List<Map.Entry<TraceId, Supplier<Trace>>> traces =
        List.of(
            Map.entry(new TraceId(1, 1), trace::build), Map.entry(new TraceId(1, 2), () -> whole));
    assertThatThrownBy(() -> new InspectedLocalBlocks(recorder, warnings).write("t", traces))
        .hasMessage("recorded");
    assertThat(recorder.written).containsExactly(trace.build(), whole);
    assertThat(count(TraceWarnings.ROOTLESS)).isEqualTo(1);
  }

  private static ScopeSpans.Builder spans(Trace.Builder trace) {
    return trace.getResourceSpansBuilder(0).getScopeSpansBuilder(0);
  }

  private double count(String reason) {
    Counter counter =
        registry.find("tempo_warnings").tag("tenant", "t").tag("reason", reason).counter();
    return counter == null ? 0 : counter.count();
  }

  private static final class Recorder implements LocalBlocks {
    private final List<Trace> written = new ArrayList<>();

    @Override
    public LocalBlock write(String tenant, List<Map.Entry<TraceId, Supplier<Trace>>> traces)
        throws IOException {
      traces.forEach(trace -> written.add(trace.getValue().get()));
      throw new IOException("recorded");
    }

    @Override
    public Set<String> tenants() {
      return Set.of();
    }

    @Override
    public List<LocalBlock> reopen(String tenant) {
      return List.of();
    }
  }
}
