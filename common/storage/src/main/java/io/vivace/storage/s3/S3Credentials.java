package io.vivace.storage.s3;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;

/// Who asks, looked for in Tempo's order: the configuration, `AWS_*`, `MINIO_*`, the shared file, a
/// web identity (IRSA), the container's role, the machine's role.
final class S3Credentials {
  private S3Credentials() {}

  /// @param environment gives a variable of the environment, null when it is not set
  static AwsCredentialsProvider of(
      S3Settings.Credentials settings, UnaryOperator<@Nullable String> environment) {
    if (settings.nativeChain()) {
      return DefaultCredentialsProvider.builder().build();
    }
    if (!settings.accessKey().isEmpty()) {
      return StaticCredentialsProvider.create(
          keys(settings.accessKey(), settings.secretKey(), settings.sessionToken()));
    }
    return AwsCredentialsProviderChain.builder()
        .reuseLastProviderEnabled(true)
        .credentialsProviders(
            variables(environment, "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"),
            variables(environment, "AWS_ACCESS_KEY", "AWS_SECRET_KEY"),
            variables(environment, "MINIO_ROOT_USER", "MINIO_ROOT_PASSWORD"),
            variables(environment, "MINIO_ACCESS_KEY", "MINIO_SECRET_KEY"),
            DefaultCredentialsProvider.builder().build())
        .build();
  }

  private static AwsCredentialsProvider variables(
      UnaryOperator<@Nullable String> environment, String id, String secret) {
    return () -> {
      String accessKey = environment.apply(id);
      String secretKey = environment.apply(secret);
      if (accessKey == null || accessKey.isEmpty() || secretKey == null || secretKey.isEmpty()) {
        throw SdkClientException.create(id + ", " + secret + ": not set");
      }
      String token = id.startsWith("AWS_") ? environment.apply("AWS_SESSION_TOKEN") : null;
      return keys(accessKey, secretKey, token == null ? "" : token);
    };
  }

  private static AwsCredentials keys(String accessKey, String secretKey, String sessionToken) {
    return sessionToken.isEmpty()
        ? AwsBasicCredentials.create(accessKey, secretKey)
        : AwsSessionCredentials.create(accessKey, secretKey, sessionToken);
  }
}
