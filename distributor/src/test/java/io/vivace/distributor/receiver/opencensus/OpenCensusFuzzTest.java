package io.vivace.distributor.receiver.opencensus;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.util.JsonFormat;
import io.vivace.distributor.receiver.DamagedPayloads;
import io.vivace.distributor.receiver.opencensus.proto.ExportTraceServiceRequest;
import io.vivace.distributor.receiver.opencensus.proto.Node;
import io.vivace.distributor.receiver.opencensus.proto.Resource;
import io.vivace.distributor.receiver.opencensus.proto.ServiceInfo;
import io.vivace.distributor.receiver.opencensus.proto.Span;
import io.vivace.wire.otlp.MalformedOtlpException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class OpenCensusFuzzTest {
  @Test
  void takesOrRefusesDamagedProtobuf() {
    List<byte[]> samples = new ArrayList<>();
    messages().forEach(message -> samples.add(message.toByteArray()));

    new DamagedPayloads().check(samples, message -> new OpenCensusStream().translate(message));
  }

  @Test
  void takesOrRefusesDamagedJson() throws Exception {
    List<byte[]> samples = new ArrayList<>();
    for (ExportTraceServiceRequest message : messages()) {
      samples.add(JsonFormat.printer().print(message).getBytes(StandardCharsets.UTF_8));
    }

    new DamagedPayloads()
        .check(
            samples,
            json -> {
              OpenCensusStream stream = new OpenCensusStream();
              byte[] last = {};
              for (byte[] message : OpenCensusJson.toProtobuf(json)) {
                last = stream.translate(message);
              }
              return last;
            });
  }

  /// A node is written once for every span with a resource of its own: a large one must not become
  /// huge.
  @Test
  void refusesMessagesThatWouldGrowWithoutBound() {
    Span span = Span.newBuilder().setResource(Resource.getDefaultInstance()).build();
    ExportTraceServiceRequest.Builder message =
        ExportTraceServiceRequest.newBuilder()
            .setNode(
                Node.newBuilder()
                    .setServiceInfo(ServiceInfo.newBuilder().setName("n".repeat(1_000_000))));
    for (int i = 0; i < 100_000; i++) {
      message.addSpans(span);
    }
    byte[] bytes = message.build().toByteArray();

    assertThatThrownBy(() -> new OpenCensusStream().translate(bytes))
        .isInstanceOf(MalformedOtlpException.class)
        .hasMessageStartingWith("spans with resources of their own: ");
  }

  private static List<ExportTraceServiceRequest> messages() {
    RandomMessages messages = new RandomMessages(new SplittableRandom(7));
    List<ExportTraceServiceRequest> samples = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      samples.add(messages.next());
    }
    return samples;
  }
}
