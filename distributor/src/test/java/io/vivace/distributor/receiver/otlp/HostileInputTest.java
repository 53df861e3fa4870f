package io.vivace.distributor.receiver.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.sun.management.ThreadMXBean;
import io.grpc.Status;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.vivace.testkit.Traces;
import io.vivace.wire.TraceId;
import io.vivace.wire.tempopb.Trace;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a client can send that means harm: each is answered with the status that is specified for
/// it, takes a bounded amount of memory, and the next good request is stored.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("slow")
class HostileInputTest {
  private static final String PROTOBUF = "application/x-protobuf";
  private static final String JSON = "application/json";
  private static final int LIMIT_MIB = 1;

  /// One request may allocate, in server and client together, this many times the size limit, and a
  /// constant for the buffers of connections and decoders.
  private static final int LIMIT_MULTIPLE = 16;

  private static final long CONSTANT = 32L << 20;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private OtlpEndpoints endpoints;

  @SuppressWarnings("NullAway.Init")
  HostileInputTest() {}

  @BeforeAll
  void start() throws Exception {
    endpoints = new OtlpEndpoints(LIMIT_MIB);
  }

  @AfterAll
  void stop() {
    endpoints.close();
  }

  @AfterEach
  void answersGoodRequestsAfterwards() throws Exception {
    endpoints.takeStored();
    byte[] good = trace().toByteArray();
    assertThat(endpoints.post(good, PROTOBUF, "").statusCode()).isEqualTo(200);
    assertThat(endpoints.export(good, "")).isEqualTo(Status.OK);
    assertThat(endpoints.takeStored()).hasSize(2);
  }

  @Test
  void refusesBodiesThatBecomeTooLarge() throws Exception {
    Map<String, byte[]> bombs = new TreeMap<>();
    bombs.put("gzip", Bombs.gzip());
    bombs.put("deflate", Bombs.deflate());
    bombs.put("zlib", Bombs.deflate());
    bombs.put("zstd", Bombs.zstd());
    bombs.put("lz4", Bombs.lz4());
    bombs.put("x-snappy-framed", Bombs.snappyFramed());
    for (Map.Entry<String, byte[]> bomb : bombs.entrySet()) {
      for (String type : new String[] {PROTOBUF, JSON}) {
        HttpResponse<String> answer =
            bounded(() -> endpoints.post(bomb.getValue(), type, bomb.getKey()));
        assertThat(answer.statusCode()).as(bomb.getKey()).isEqualTo(400);
        assertThat(answer.body()).as(bomb.getKey()).contains("http: request body too large");
        assertThat(answer.headers().firstValue("Connection")).hasValue("close");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {(1 << 20) + 1, Integer.MAX_VALUE, 1L << 31, (1L << 32) - 1, 1L << 40})
  void refusesTheLengthInFrontOfASnappyBlock(long length) throws Exception {
    HttpResponse<String> answer =
        bounded(() -> endpoints.post(Bombs.snappyPreamble(length), PROTOBUF, "snappy"));
    assertThat(answer.statusCode()).isEqualTo(400);
  }

  @Test
  void refusesWindowsLargerThanAnyBody() throws Exception {
    byte[] large = Bombs.zstdWindow(trace().toByteArray(), 27);
    HttpResponse<String> answer = bounded(() -> endpoints.post(large, PROTOBUF, "zstd"));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(bounded(() -> endpoints.export(large, "zstd")).getCode())
        .isEqualTo(Status.Code.INTERNAL);
    byte[] usual = Bombs.zstdWindow(trace().toByteArray(), 23);
    assertThat(endpoints.post(usual, PROTOBUF, "zstd").statusCode()).isEqualTo(200);
    assertThat(endpoints.export(usual, "zstd")).isEqualTo(Status.OK);
  }

  @Test
  void refusesMessagesThatBecomeTooLarge() throws Exception {
    Map<String, byte[]> bombs =
        Map.of("gzip", Bombs.gzip(), "zstd", Bombs.zstd(), "snappy", Bombs.snappyFramed());
    for (Map.Entry<String, byte[]> bomb : bombs.entrySet()) {
      Status status = bounded(() -> endpoints.export(bomb.getValue(), bomb.getKey()));
      assertThat(status.getCode()).as(bomb.getKey()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    }
  }

  @Test
  void takesGoodMessagesInEveryEncoding() throws Exception {
    byte[] good = trace().toByteArray();
    for (Map.Entry<String, byte[]> encoded : Bombs.encodings(good).entrySet()) {
      assertThat(endpoints.post(encoded.getValue(), PROTOBUF, encoded.getKey()).statusCode())
          .as(encoded.getKey())
          .isEqualTo(200);
    }
    // over gRPC encodings go by the names that its clients use
    for (Map.Entry<String, byte[]> encoded : Bombs.encodings(good).entrySet()) {
      if (Set.of("gzip", "zstd", "snappy").contains(encoded.getKey())) {
        assertThat(endpoints.export(encoded.getValue(), encoded.getKey()))
            .as(encoded.getKey())
            .isEqualTo(Status.OK);
      }
    }
  }

  @Test
  void refusesBodiesOneByteAboveTheLimitAndTakesThoseAtIt() throws Exception {
    byte[] limit = padded(LIMIT_MIB << 20);
    assertThat(endpoints.post(limit, PROTOBUF, "").statusCode()).isEqualTo(200);
    assertThat(endpoints.export(limit, "")).isEqualTo(Status.OK);
    byte[] above = padded((LIMIT_MIB << 20) + 1);
    assertThat(endpoints.post(above, PROTOBUF, "").statusCode()).isEqualTo(400);
    assertThat(endpoints.export(above, "").getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "gzip", "deflate", "zlib", "zstd", "lz4", "snappy", "x-snappy-framed"})
  void refusesNoise(String encoding) throws Exception {
    long seed = 20_261_124;
    Random random = new Random(seed);
    for (int i = 0; i < 60; i++) {
      byte[] noise = new byte[1 + random.nextInt(300)];
      random.nextBytes(noise);
      // a field with number 0, which no message has
      noise[0] = encoding.isEmpty() ? 0 : noise[0];
      for (String type : new String[] {PROTOBUF, JSON}) {
        assertThat(bounded(() -> endpoints.post(noise, type, encoding)).statusCode())
            .as("seed %d, body %d: %s", seed, i, Arrays.toString(noise))
            .isEqualTo(400);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "gzip", "zstd", "snappy"})
  void refusesNoiseOverGrpc(String encoding) throws Exception {
    long seed = 20_261_125;
    Random random = new Random(seed);
    for (int i = 0; i < 20; i++) {
      byte[] noise = new byte[1 + random.nextInt(300)];
      random.nextBytes(noise);
      noise[0] = encoding.isEmpty() ? 0 : noise[0];
      assertThat(bounded(() -> endpoints.export(noise, encoding)).getCode())
          .as("seed %d, message %d: %s", seed, i, Arrays.toString(noise))
          .isEqualTo(Status.Code.INTERNAL);
    }
  }

  @Test
  void refusesEveryTruncation() throws Exception {
    byte[] whole = trace().toByteArray();
    for (int length = 1; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThat(endpoints.post(part, PROTOBUF, "").statusCode()).as("%d", length).isEqualTo(400);
    }
    for (int length = 1; length < whole.length; length += 23) {
      assertThat(endpoints.export(Arrays.copyOf(whole, length), "").getCode())
          .isEqualTo(Status.Code.INTERNAL);
    }
    assertThat(endpoints.takeStored()).isEmpty();
  }

  @Test
  void refusesEncodingsThatNobodyKnows() throws Exception {
    assertThat(endpoints.post(new byte[1], PROTOBUF, "br").statusCode()).isEqualTo(400);
    assertThat(endpoints.export(new byte[1], "br").getCode()).isEqualTo(Status.Code.UNIMPLEMENTED);
  }

  @ParameterizedTest
  @ValueSource(ints = {101, 5_000})
  void refusesValuesThatAreNestedTooDeep(int depth) throws Exception {
    byte[] nested = nested(depth);
    assertThat(bounded(() -> endpoints.post(nested, PROTOBUF, "")).statusCode()).isEqualTo(400);
    assertThat(bounded(() -> endpoints.export(nested, "")).getCode())
        .isEqualTo(Status.Code.INTERNAL);
  }

  @Test
  void refusesJsonThatIsNestedTooDeep() throws Exception {
    for (String open :
        new String[] {
          "[", "{\"a\":", "{\"resourceSpans\":[", "{\"value\":{\"arrayValue\":{\"values\":["
        }) {
      byte[] json = ("{\"a\":" + open.repeat(20_000)).getBytes(StandardCharsets.UTF_8);
      assertThat(bounded(() -> endpoints.post(json, JSON, "")).statusCode()).isEqualTo(400);
    }
  }

  @Test
  void refusesZeroIdsAsInvalidAndShortOnesAsMalformed() throws Exception {
    byte[] zeroTrace = ids(new byte[16], new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
    byte[] zeroSpan = ids(new TraceId(1, 1).toBytes(), new byte[8]);
    byte[] noSpan = ids(new TraceId(1, 1).toBytes(), new byte[0]);
    for (byte[] body : new byte[][] {zeroTrace, zeroSpan, noSpan}) {
      assertThat(endpoints.post(body, PROTOBUF, "").statusCode()).isEqualTo(400);
      assertThat(endpoints.export(body, "").getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    }
    byte[] shortTrace =
        ids(new byte[] {1, 2, 3, 4, 5, 6, 7, 8}, new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
    byte[] longSpan = ids(new TraceId(1, 1).toBytes(), new byte[9]);
    for (byte[] body : new byte[][] {shortTrace, longSpan}) {
      assertThat(endpoints.post(body, PROTOBUF, "").statusCode()).isEqualTo(400);
      assertThat(endpoints.export(body, "").getCode()).isEqualTo(Status.Code.INTERNAL);
    }
    assertThat(endpoints.takeStored()).isEmpty();
  }

  @Test
  void storesTextThatIsNoUtf8AsText() throws Exception {
    byte[] bytes = trace().toByteArray();
    byte[] name = "operation 0".getBytes(StandardCharsets.UTF_8);
    int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("operation 0");
    Arrays.fill(bytes, at, at + name.length, (byte) 0xff);
    assertThat(endpoints.post(bytes, PROTOBUF, "").statusCode()).isEqualTo(200);
    assertThat(endpoints.export(bytes, "")).isEqualTo(Status.OK);
    Trace stored = Trace.parseFrom(endpoints.takeStored().getFirst().getTraces(0));
    assertThat(stored.getResourceSpans(0).getScopeSpans(0).getSpans(0).getName())
        .isEqualTo("\ufffd".repeat(name.length));
  }

  @Test
  void storesTheExtremesOfSixtyFourBits() throws Exception {
    for (long extreme : new long[] {Long.MIN_VALUE, Long.MAX_VALUE, -1, 0}) {
      Span span =
          span().toBuilder()
              .setStartTimeUnixNano(extreme)
              .setEndTimeUnixNano(~extreme)
              .setFlags((int) extreme)
              .setDroppedAttributesCount(-1)
              .addAttributes(
                  KeyValue.newBuilder()
                      .setKey("n")
                      .setValue(AnyValue.newBuilder().setIntValue(extreme)))
              .build();
      byte[] body = with(span);
      assertThat(endpoints.post(body, PROTOBUF, "").statusCode()).isEqualTo(200);
      assertThat(endpoints.export(body, "")).isEqualTo(Status.OK);
      Trace stored = Trace.parseFrom(endpoints.takeStored().getFirst().getTraces(0));
      assertThat(stored.getResourceSpans(0).getScopeSpans(0).getSpans(0)).isEqualTo(span);
    }
  }

  private interface Request<T> {
    T send() throws IOException, InterruptedException;
  }

  /// Sends a request and looks at what all threads allocated meanwhile.
  private static <T> T bounded(Request<T> request) throws IOException, InterruptedException {
    long before = THREADS.getTotalThreadAllocatedBytes();
    T answer = request.send();
    assertThat(THREADS.getTotalThreadAllocatedBytes() - before)
        .as("bytes allocated")
        .isLessThan(CONSTANT + LIMIT_MULTIPLE * ((long) LIMIT_MIB << 20));
    return answer;
  }

  private static Trace trace() {
    return Traces.trace(new TraceId(7, 7), "shop", 1, 1_700_000_000);
  }

  private static Span span() {
    return trace().getResourceSpans(0).getScopeSpans(0).getSpans(0);
  }

  private static byte[] with(Span span) {
    Trace.Builder trace = trace().toBuilder();
    trace.getResourceSpansBuilder(0).getScopeSpansBuilder(0).setSpans(0, span);
    return trace.build().toByteArray();
  }

  private static byte[] ids(byte[] traceId, byte[] spanId) {
    return with(
        span().toBuilder()
            .setTraceId(ByteString.copyFrom(traceId))
            .setSpanId(ByteString.copyFrom(spanId))
            .build());
  }

  /// A good request of exactly `size` bytes: the rest is in an attribute.
  private static byte[] padded(int size) {
    int length = size - 200;
    while (true) {
      KeyValue padding =
          KeyValue.newBuilder()
              .setKey("p")
              .setValue(AnyValue.newBuilder().setBytesValue(ByteString.copyFrom(new byte[length])))
              .build();
      byte[] body = with(span().toBuilder().addAttributes(padding).build());
      if (body.length == size) {
        return body;
      }
      length += size - body.length;
    }
  }

  private static byte[] nested(int depth) {
    // from the inside to the outside, so that building it needs no recursion
    byte[] value = AnyValue.newBuilder().setIntValue(1).build().toByteArray();
    for (int i = 0; i < depth; i++) {
      value =
          field(AnyValue.ARRAY_VALUE_FIELD_NUMBER, field(ArrayValue.VALUES_FIELD_NUMBER, value));
    }
    byte[] attribute =
        field(Span.ATTRIBUTES_FIELD_NUMBER, field(KeyValue.VALUE_FIELD_NUMBER, value));
    byte[] span = field(2, concatenated(span().toByteArray(), attribute));
    return field(1, field(2, span));
  }

  private static byte[] field(int number, byte[] body) {
    byte[] length = Bombs.snappyPreamble(body.length);
    return concatenated(concatenated(new byte[] {(byte) (number << 3 | 2)}, length), body);
  }

  private static byte[] concatenated(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
