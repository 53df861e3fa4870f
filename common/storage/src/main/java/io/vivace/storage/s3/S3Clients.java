package io.vivace.storage.s3;

import io.vivace.storage.remote.StoreObserver;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/// Makes the SDK's client. It sends every request once: [io.vivace.storage.remote.RemoteCalls]
/// repeats them.
public final class S3Clients {
  /// How many connections there are at most; Tempo keeps as many.
  static final int CONNECTIONS = 100;

  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration SILENCE = Duration.ofSeconds(30);

  /// A part of 16 MiB gets through at 140 kB/s.
  private static final Duration ATTEMPT = Duration.ofMinutes(2);

  private S3Clients() {}

  /// A client.
  ///
  /// @param environment gives a variable of the environment, null when it is not set
  public static S3Client of(
      S3Settings settings,
      StoreObserver observer,
      InstantSource clock,
      UnaryOperator<@Nullable String> environment) {
    S3Endpoint endpoint = S3Endpoint.of(settings.endpoint(), settings.insecure());
    S3ClientBuilder builder =
        S3Client.builder()
            .httpClient(http(settings))
            .region(Region.of(region(settings, endpoint, environment)))
            .credentialsProvider(S3Credentials.of(settings.credentials(), environment))
            .forcePathStyle(pathStyle(settings, endpoint))
            .dualstackEnabled(settings.dualStack())
            // many stores that speak like S3 know no checksums behind a body
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .overrideConfiguration(override ->
                override
                    .retryStrategy(AwsRetryStrategy.doNotRetry())
                    .apiCallAttemptTimeout(ATTEMPT)
                    .addExecutionInterceptor(new S3Metrics(observer, clock)));
    if (endpoint.url().isPresent()) {
      URI url = endpoint.url().get();
      builder.endpointOverride(url);
    } else {
      builder.crossRegionAccessEnabled(true);
    }
    return builder.build();
  }

  private static SdkHttpClient http(S3Settings settings) {
    Apache5HttpClient.Builder http =
        Apache5HttpClient.builder()
            .maxConnections(CONNECTIONS)
            .connectionTimeout(CONNECT)
            .connectionAcquisitionTimeout(SILENCE)
            .socketTimeout(SILENCE)
            .expectContinueEnabled(false);
    if (settings.tls() != null) {
      http.tlsSocketStrategy(settings.tls());
    }
    return http.build();
  }

  private static boolean pathStyle(S3Settings settings, S3Endpoint endpoint) {
    return switch (settings.lookup()) {
      case AUTO -> endpoint.pathStyle();
      case DNS -> false;
      case PATH -> true;
    };
  }

  /// Configuration, endpoint, environment; else the region that S3 calls its first.
  private static String region(
      S3Settings settings, S3Endpoint endpoint, UnaryOperator<@Nullable String> environment) {
    if (!settings.region().isEmpty()) {
      return settings.region();
    }
    if (!endpoint.region().isEmpty()) {
      return endpoint.region();
    }
    String fromEnvironment = environment.apply("AWS_REGION");
    return fromEnvironment == null || fromEnvironment.isEmpty() ? "us-east-1" : fromEnvironment;
  }
}
