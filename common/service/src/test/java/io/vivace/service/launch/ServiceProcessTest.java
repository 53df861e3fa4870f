package io.vivace.service.launch;

import static io.grpc.MethodDescriptor.MethodType.UNARY;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import io.vivace.service.config.ConfigLoader;
import io.vivace.service.grpc.InternalChannels;
import io.vivace.service.grpc.InternalGrpcService;
import io.vivace.service.grpc.InternalServers;
import io.vivace.service.grpc.RawBytes;
import io.vivace.service.tenant.TenantClientInterceptor;
import io.vivace.service.tenant.Tenants;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class ServiceProcessTest {
  private static final MethodDescriptor<byte[], byte[]> WHO = RawBytes.method("test.Who/Am", UNARY);

  @Configuration(proxyBeanMethods = false)
  static class Module {
    @Bean
    InternalGrpcService who() {
      return new InternalGrpcService(
          ServerServiceDefinition.builder("test.Who")
              .addMethod(
                  WHO,
                  ServerCalls.asyncUnaryCall((request, observer) -> {
                    String text =
                        Tenants.CURRENT.get() + " virtual=" + Thread.currentThread().isVirtual();
                    observer.onNext(text.getBytes(StandardCharsets.UTF_8));
                    observer.onCompleted();
                  }))
              .build());
    }
  }

  @Test
  void servesModulesOnThePortAndInTheProcess() throws Exception {
    ConfigLoader.Loaded loaded =
        ConfigLoader.parse(
            "{multitenancy_enabled: true, server: {http_listen_port: 0, grpc_listen_port: 0}}",
            Map.of());
    LaunchOptions options = new LaunchOptions(Target.ALL, false, List.of());
    try (ConfigurableApplicationContext context =
        ServiceProcess.start(options, loaded, (reason, code) -> {}, List.of(Module.class))) {
      InternalChannels channels = context.getBean(InternalChannels.class);
      int port = context.getBean(InternalServers.class).port();

      assertThat(call(channels.channel(InternalChannels.LOCAL))).isEqualTo("a virtual=true");
      assertThat(call(channels.channel("127.0.0.1:" + port))).isEqualTo("a virtual=true");
    }
  }

  private static String call(Channel channel) {
    CallOptions options = CallOptions.DEFAULT.withOption(TenantClientInterceptor.TENANT, "a");
    return new String(
        ClientCalls.blockingUnaryCall(channel, WHO, options, new byte[0]), StandardCharsets.UTF_8);
  }
}
