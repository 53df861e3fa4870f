package io.vivace.distributor.receiver.jaeger;

import static io.vivace.distributor.receiver.jaeger.RunningReceivers.ENDPOINT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.vivace.distributor.receiver.jaeger.sampling.proto.SamplingStrategyParameters;
import io.vivace.distributor.receiver.jaeger.sampling.proto.SamplingStrategyResponse;
import io.vivace.service.grpc.RawBytes;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Remote sampling over real connections.
class RemoteSamplingTest {
  private static final String STRATEGIES =
      """
      {
        "service_strategies": [
          {"service": "cart", "type": "probabilistic", "param": 0.8, "operation_strategies": [
            {"operation": "add", "type": "probabilistic", "param": 0.2}]},
          {"service": "bank", "type": "ratelimiting", "param": 5}],
        "default_strategy": {"type": "probabilistic", "param": 0.5, "operation_strategies": [
          {"operation": "health", "type": "probabilistic", "param": 0.0},
          {"operation": "add", "type": "probabilistic", "param": 1}]}
      }
      """;

  @TempDir Path folder;

  @Test
  void tellsTheDefaultOfJaegerWithoutAFile() throws Exception {
    try (RunningReceivers receivers = start("{}")) {
      assertThat(get(receivers, "/sampling?service=any").body())
          .isEqualTo(
              "{\"strategyType\":\"PROBABILISTIC\",\"probabilisticSampling\":"
                  + "{\"samplingRate\":0.001}}");
    }
  }

  @Test
  void tellsTheStrategiesOfTheFileOverHttp() throws Exception {
    try (RunningReceivers receivers = start(file(STRATEGIES, "0s"))) {
      assertThat(get(receivers, "/sampling?service=bank").body())
          .startsWith(
              "{\"strategyType\":\"RATE_LIMITING\",\"rateLimitingSampling\":"
                  + "{\"maxTracesPerSecond\":5},\"operationSampling\":");
      // its own strategy of an operation, then those of the default that it does not have
      assertThat(get(receivers, "/api/sampling?service=cart").body())
          .isEqualTo(
              "{\"strategyType\":\"PROBABILISTIC\","
                  + "\"probabilisticSampling\":{\"samplingRate\":0.8},"
                  + "\"operationSampling\":{\"defaultSamplingProbability\":0.8,"
                  + "\"defaultLowerBoundTracesPerSecond\":0.0,"
                  + "\"perOperationStrategies\":["
                  + "{\"operation\":\"add\",\"probabilisticSampling\":{\"samplingRate\":0.2}},"
                  + "{\"operation\":\"health\",\"probabilisticSampling\":{\"samplingRate\":0.0}}],"
                  + "\"defaultUpperBoundTracesPerSecond\":0.0}}");
      assertThat(get(receivers, "/sampling?service=other").body()).contains("\"samplingRate\":0.5");
    }
  }

  @Test
  void tellsTheStrategiesOfTheFileOverGrpc() throws Exception {
    try (RunningReceivers receivers = start(file(STRATEGIES, "0s"))) {
      ManagedChannel channel =
          NettyChannelBuilder.forAddress("127.0.0.1", receivers.grpcPort()).usePlaintext().build();
      try {
        byte[] answer =
            ClientCalls.blockingUnaryCall(
                channel,
                RawBytes.method(
                    "jaeger.api_v2.SamplingManager/GetSamplingStrategy", MethodType.UNARY),
                CallOptions.DEFAULT,
                SamplingStrategyParameters.newBuilder()
                    .setServiceName("bank")
                    .build()
                    .toByteArray());
        assertThat(
                SamplingStrategyResponse.parseFrom(answer)
                    .getRateLimitingSampling()
                    .getMaxTracesPerSecond())
            .isEqualTo(5);
      } finally {
        channel.shutdownNow();
      }
    }
  }

  @Test
  void asksForOneService() throws Exception {
    try (RunningReceivers receivers = start("{}")) {
      assertThat(get(receivers, "/sampling").statusCode()).isEqualTo(400);
      assertThat(get(receivers, "/sampling?service=a&service=b").body())
          .isEqualTo("'service' parameter must be provided once\n");
    }
  }

  @Test
  void isNotServedUnlessConfigured() throws Exception {
    try (RunningReceivers receivers =
        new RunningReceivers("protocols: {thrift_http: {%s}}".formatted(ENDPOINT))) {
      assertThat(get(receivers, "/sampling?service=a").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void hasAPortOfItsOwnWhenConfigured() throws Exception {
    try (RunningReceivers receivers =
        new RunningReceivers("remote_sampling: {host_endpoint: '127.0.0.1:0'}")) {
      assertThat(get(receivers, "/sampling?service=a").statusCode()).isEqualTo(200);
      assertThat(get(receivers, "/").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void readsTheFileAgainAndKeepsTheStrategiesWhenItIsBroken() throws Exception {
    try (RunningReceivers receivers = start(file("{}", "1ns"))) {
      assertThat(get(receivers, "/sampling?service=a").body()).contains("0.001");
      write("{\"default_strategy\": {\"type\": \"probabilistic\", \"param\": 0.25}}");
      assertThat(get(receivers, "/sampling?service=a").body()).contains("0.25");
      write("{");
      assertThat(get(receivers, "/sampling?service=a").body()).contains("0.25");
    }
  }

  @Test
  void refusesToStartWithAFileThatIsWrong() throws Exception {
    String wrong = file("{\"default_strategy\": {\"type\": \"often\", \"param\": 1}}", "0s");
    assertThatThrownBy(() -> start(wrong))
        .hasMessageStartingWith("distributor.receivers.jaeger.remote_sampling.strategy_file: ")
        .hasMessageEndingWith(
            "default_strategy: type: often (expected: probabilistic or ratelimiting)");
    String missing = "{strategy_file: '%s/missing'}".formatted(folder);
    assertThatThrownBy(() -> start(missing)).hasMessageContaining("missing");
  }

  private String file(String strategies, String interval) throws Exception {
    write(strategies);
    return "{strategy_file: '%s/strategies.json', strategy_file_reload_interval: %s}"
        .formatted(folder, interval);
  }

  private void write(String strategies) throws Exception {
    Files.writeString(folder.resolve("strategies.json"), strategies);
  }

  private static RunningReceivers start(String sampling) throws Exception {
    return new RunningReceivers(
        "protocols: {grpc: {%1$s}, thrift_http: {%1$s}}, remote_sampling: %2$s"
            .formatted(ENDPOINT, sampling));
  }

  private static HttpResponse<String> get(RunningReceivers receivers, String target)
      throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + receivers.httpPort() + target);
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
  }
}
