package io.vivace.distributor.receiver.jaeger;

import static io.vivace.distributor.receiver.jaeger.RunningReceivers.ENDPOINT;
import static io.vivace.distributor.receiver.jaeger.Sample.batch;
import static io.vivace.distributor.receiver.jaeger.Sample.span;
import static io.vivace.distributor.receiver.jaeger.Sample.tag;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.rpc.RetryInfo;
import io.grpc.CallOptions;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.vivace.distributor.PushException;
import io.vivace.distributor.receiver.DecodeFailure;
import io.vivace.service.grpc.RawBytes;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The gRPC port over a real connection.
@SuppressWarnings("NullAway.Init")
class JaegerGrpcReceiverTest {
  private static final String POST_SPANS = "jaeger.api_v2.CollectorService/PostSpans";

  private RunningReceivers receivers;
  private ManagedChannel channel;

  @BeforeEach
  void start() throws Exception {
    receivers = new RunningReceivers("protocols: {grpc: {%s}}".formatted(ENDPOINT));
    channel =
        NettyChannelBuilder.forAddress("127.0.0.1", receivers.grpcPort()).usePlaintext().build();
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    receivers.close();
  }

  @Test
  void storesSpansWithTheirTenantAndAnswersAnEmptyMessage() throws Exception {
    Metadata headers = new Metadata();
    headers.put(Metadata.Key.of("x-scope-orgid", Metadata.ASCII_STRING_MARSHALLER), "t1");
    byte[] answer =
        ClientCalls.blockingUnaryCall(
            ClientInterceptors.intercept(
                channel, MetadataUtils.newAttachHeadersInterceptor(headers)),
            RawBytes.method(POST_SPANS, MethodType.UNARY),
            CallOptions.DEFAULT,
            ProtoEncoder.request(batch(span())));
    assertThat(answer).isEmpty();
    assertThat(receivers.consumers.received().getFirst().tenants()).containsExactly("t1");
    assertThat(OtlpText.lines(receivers.consumers.received().getFirst().otlp())).hasSize(1);
  }

  @Test
  void takesCompressedMessages() throws Exception {
    ClientCalls.blockingUnaryCall(
        channel,
        RawBytes.method(POST_SPANS, MethodType.UNARY),
        CallOptions.DEFAULT.withCompression("gzip"),
        ProtoEncoder.request(batch(span())));
    assertThat(receivers.consumers.received()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(
      value = Status.Code.class,
      names = {"UNAVAILABLE", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED"})
  void tellsTheCodeOfTheDistributor(Status.Code code) throws Exception {
    receivers.consumers.refuseWith(new PushException(code, "why"));
    Status status = refused(ProtoEncoder.request(batch(span()))).getStatus();
    assertThat(status.getCode()).isEqualTo(code);
    assertThat(status.getDescription()).isEqualTo("why");
  }

  @Test
  void tellsRateLimitedClientsWhenToComeBack() throws Exception {
    receivers.consumers.refuseWith(
        new PushException(Status.Code.RESOURCE_EXHAUSTED, "RATE_LIMITED", Duration.ofSeconds(3)));
    StatusRuntimeException refusal = refused(ProtoEncoder.request(batch(span())));
    assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    assertThat(
            Objects.requireNonNull(StatusProto.fromThrowable(refusal))
                .getDetails(0)
                .unpack(RetryInfo.class)
                .getRetryDelay()
                .getSeconds())
        .isEqualTo(3);
  }

  @Test
  void refusesAndCountsWhatIsNoRequest() {
    Status status = refused(new byte[] {1, 2, 3}).getStatus();
    assertThat(status.getCode()).isEqualTo(Status.Code.INTERNAL);
    assertThat(status.getDescription()).startsWith("grpc: error unmarshalling request: ");
    assertThat(receivers.consumers.failures()).containsExactly(DecodeFailure.MALFORMED);
  }

  @Test
  void refusesMessagesThatAreTooLarge() throws Exception {
    byte[] request = ProtoEncoder.request(batch(span().with(tag("k", "x".repeat(4 << 20)))));
    assertThat(refused(request).getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
  }

  private StatusRuntimeException refused(byte[] request) {
    Throwable error =
        catchThrowable(() ->
            ClientCalls.blockingUnaryCall(
                channel,
                RawBytes.method(POST_SPANS, MethodType.UNARY),
                CallOptions.DEFAULT,
                request));
    return (StatusRuntimeException) Objects.requireNonNull(error);
  }
}
