package io.vivace.storage.s3;

import io.vivace.storage.remote.StoreObserver;
import java.time.Duration;
import java.time.InstantSource;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpResponse;

/// Counts requests. The SDK does not repeat them here, so one execution is one request.
final class S3Metrics implements ExecutionInterceptor {
  private static final ExecutionAttribute<Long> START = new ExecutionAttribute<>("vivace.start");

  private final StoreObserver observer;
  private final InstantSource clock;

  S3Metrics(StoreObserver observer, InstantSource clock) {
    this.observer = observer;
    this.clock = clock;
  }

  @Override
  public void beforeTransmission(
      Context.BeforeTransmission context, ExecutionAttributes attributes) {
    attributes.putAttribute(START, clock.millis());
  }

  @Override
  public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
    SdkHttpResponse response = context.httpResponse();
    tell(context.httpRequest().method().name(), String.valueOf(response.statusCode()), attributes);
  }

  @Override
  public void onExecutionFailure(Context.FailedExecution context, ExecutionAttributes attributes) {
    context
        .httpRequest()
        .ifPresent(request ->
            tell(
                request.method().name(),
                context
                    .httpResponse()
                    .map(response -> String.valueOf(response.statusCode()))
                    .orElse("error"),
                attributes));
  }

  private void tell(String method, String status, ExecutionAttributes attributes) {
    Long start = attributes.getAttribute(START);
    if (start != null) {
      observer.request(method, status, Duration.ofMillis(clock.millis() - start));
    }
  }
}
