package io.vivace.bench;

import static org.awaitility.Awaitility.await;

import com.google.common.base.Splitter;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.StatusException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.BlockingClientCall;
import io.grpc.stub.ClientCalls;
import io.vivace.distributor.receiver.jaeger.JaegerProto;
import io.vivace.service.grpc.RawBytes;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import zipkin2.codec.SpanBytesEncoder;

/// The protocols that spans come in, on their default ports of the loopback. Jaeger's spans are
/// sent as OTLP too; Zipkin's and OpenCensus' have as many attributes.
enum Protocol {
  OTLP_GRPC("opentelemetry.proto.collector.trace.v1.TraceService/Export", 4317),
  OTLP_HTTP("/v1/traces application/x-protobuf", 4318),
  JAEGER_GRPC("jaeger.api_v2.CollectorService/PostSpans", 14250),
  JAEGER_HTTP("/api/traces application/x-thrift", 14268),
  JAEGER_UDP_COMPACT("", 6831),
  JAEGER_UDP_BINARY("", 6832),
  ZIPKIN_V2_JSON("/api/v2/spans application/json", 9411),
  ZIPKIN_V2_PROTO("/api/v2/spans application/x-protobuf", 9411),
  ZIPKIN_V1_JSON("/api/v1/spans application/json", 9411),
  ZIPKIN_V1_THRIFT("/api/v1/spans application/x-thrift", 9411),
  OPENCENSUS("opencensus.proto.agent.trace.v1.TraceService/Export", 55678),
  KAFKA_OTLP("otlp_spans", 9092);

  /// A datagram has to fit into 65,000 bytes.
  private static final int SPANS_PER_DATAGRAM = 50;

  /// A quarter of the smallest usual receive buffer.
  private static final long MAX_WAITING_BYTES = 50_000;

  private final String path;
  private final int port;

  Protocol(String path, int port) {
    this.path = path;
    this.port = port;
  }

  /// Sends payloads, one after the other, and waits for each answer where there is one.
  interface Connection extends AutoCloseable {
    /// Sends one payload.
    void send(byte[] payload) throws Exception;

    @Override
    default void close() throws IOException {}
  }

  /// The payloads of one request.
  ///
  /// @param request number that makes its trace ids
  List<byte[]> encode(long request, int spans) throws Exception {
    JaegerBatches jaeger = new JaegerBatches(spans, request);
    return switch (this) {
      case OTLP_GRPC, OTLP_HTTP, KAFKA_OTLP -> List.of(JaegerProto.translate(jaeger.protobuf()));
      case JAEGER_GRPC -> List.of(jaeger.protobuf());
      case JAEGER_HTTP -> List.of(jaeger.binary());
      case JAEGER_UDP_COMPACT, JAEGER_UDP_BINARY -> datagrams(request, spans);
      case ZIPKIN_V2_JSON -> zipkin(SpanBytesEncoder.JSON_V2, request, spans);
      case ZIPKIN_V2_PROTO -> zipkin(SpanBytesEncoder.PROTO3, request, spans);
      case ZIPKIN_V1_JSON -> zipkin(SpanBytesEncoder.JSON_V1, request, spans);
      case ZIPKIN_V1_THRIFT -> zipkin(SpanBytesEncoder.THRIFT, request, spans);
      case OPENCENSUS -> List.of(ZipkinBatches.openCensus(request, spans));
    };
  }

  private static List<byte[]> zipkin(SpanBytesEncoder encoder, long request, int spans) {
    return List.of(encoder.encodeList(ZipkinBatches.zipkin(request, spans)));
  }

  private List<byte[]> datagrams(long request, int spans) throws Exception {
    List<byte[]> datagrams = new ArrayList<>();
    int count = spans / SPANS_PER_DATAGRAM;
    for (int i = 0; i < count; i++) {
      JaegerBatches batch = new JaegerBatches(SPANS_PER_DATAGRAM, request * count + i);
      datagrams.add(this == JAEGER_UDP_COMPACT ? batch.compactMessage() : batch.binaryMessage());
    }
    return datagrams;
  }

  Connection connect() throws IOException {
    return switch (this) {
      case OTLP_GRPC, JAEGER_GRPC -> unary();
      case OPENCENSUS -> stream();
      case JAEGER_UDP_COMPACT, JAEGER_UDP_BINARY -> udp();
      case KAFKA_OTLP -> kafka();
      case OTLP_HTTP,
          JAEGER_HTTP,
          ZIPKIN_V2_JSON,
          ZIPKIN_V2_PROTO,
          ZIPKIN_V1_JSON,
          ZIPKIN_V1_THRIFT ->
          http();
    };
  }

  private ManagedChannel channel() {
    return NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
  }

  private Connection unary() {
    ManagedChannel channel = channel();
    return new Connection() {
      @Override
      public void send(byte[] payload) {
        byte[] _ =
            ClientCalls.blockingUnaryCall(
                channel, RawBytes.method(path, MethodType.UNARY), CallOptions.DEFAULT, payload);
      }

      @Override
      public void close() {
        channel.shutdownNow();
      }
    };
  }

  private Connection stream() {
    ManagedChannel channel = channel();
    BlockingClientCall<byte[], byte[]> call =
        ClientCalls.blockingBidiStreamingCall(
            channel, RawBytes.method(path, MethodType.BIDI_STREAMING), CallOptions.DEFAULT);
    return new Connection() {
      @Override
      public void send(byte[] payload) throws Exception {
        boolean _ = call.write(payload);
      }

      @Override
      public void close() throws IOException {
        call.halfClose();
        try {
          byte[] _ = call.read();
        } catch (InterruptedException | StatusException e) {
          throw new IOException("opencensus: the stream did not end well", e);
        } finally {
          channel.shutdownNow();
        }
      }
    };
  }

  private Connection http() {
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    int space = path.indexOf(' ');
    URI target = URI.create("http://127.0.0.1:" + port + path.substring(0, space));
    return payload -> {
      HttpResponse<String> response =
          client.send(
              HttpRequest.newBuilder(target)
                  .header("Content-Type", path.substring(space + 1))
                  .POST(HttpRequest.BodyPublishers.ofByteArray(payload))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() >= 300) {
        throw new IOException(response.statusCode() + " " + response.body());
      }
    };
  }

  private Connection udp() throws IOException {
    DatagramSocket socket = new DatagramSocket();
    InetAddress target = InetAddress.getLoopbackAddress();
    return payload -> {
      // nobody answers: no faster than the receiver takes datagrams from its socket
      await()
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(1))
          .atMost(Duration.ofMinutes(1))
          .until(() -> waitingBytes() < MAX_WAITING_BYTES);
      socket.send(new DatagramPacket(payload, payload.length, target, port));
    };
  }

  /// Bytes of datagrams that the kernel holds for the receiver (`proc(5)`, `/proc/net/udp`).
  private long waitingBytes() throws IOException {
    String suffix = ":%04X".formatted(port);
    long waiting = 0;
    for (String table : List.of("udp", "udp6")) {
      for (String line : Files.readAllLines(Path.of("/proc/net", table))) {
        List<String> fields = Splitter.on(' ').omitEmptyStrings().splitToList(line);
        if (fields.get(1).endsWith(suffix)) {
          waiting += Long.parseLong(fields.get(4).substring(9), 16);
        }
      }
    }
    return waiting;
  }

  private Connection kafka() {
    KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", "127.0.0.1:" + port, "acks", "all"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    return new Connection() {
      @Override
      public void send(byte[] payload) throws Exception {
        Object _ = producer.send(new ProducerRecord<>(path, payload)).get();
      }

      @Override
      public void close() {
        producer.close();
      }
    };
  }
}
