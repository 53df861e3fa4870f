package io.vivace.storage.s3;

import io.vivace.storage.remote.StoreException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;

/// What the SDK's exceptions mean.
final class S3Failures {
  private S3Failures() {}

  /// The failure of a request about `name`.
  static IOException of(SdkException failure, String name) {
    return switch (failure) {
      case AwsServiceException answered -> answered(answered, name);
      case ApiCallAttemptTimeoutException timeout -> StoreException.noAnswer(timeout);
      case ApiCallTimeoutException timeout -> StoreException.noAnswer(timeout);
      case AbortedException _ -> interrupted(name);
      default -> client(failure, name);
    };
  }

  private static IOException answered(AwsServiceException failure, String name) {
    AwsErrorDetails details = failure.awsErrorDetails();
    String code = details == null || details.errorCode() == null ? "" : details.errorCode();
    int status = failure.statusCode();
    if (status == 404 && !code.equals("NoSuchBucket") && !code.equals("NoSuchUpload")) {
      return new NoSuchFileException(name);
    }
    boolean slowDown =
        code.equals("SlowDown")
            || code.equals("ConditionalRequestConflict")
            || code.equals("RequestTimeout");
    String text = details == null ? failure.getMessage() : details.errorMessage();
    return new StoreException(
        StoreException.kind(status, slowDown),
        status,
        (status + " " + code).strip() + (text == null ? "" : ": " + text),
        retryAfter(details).orElse(null),
        failure);
  }

  private static Optional<Duration> retryAfter(@Nullable AwsErrorDetails details) {
    if (details == null || details.sdkHttpResponse() == null) {
      return Optional.empty();
    }
    return details
        .sdkHttpResponse()
        .firstMatchingHeader("Retry-After")
        .filter(text -> text.matches("\\d{1,6}"))
        .map(text -> Duration.ofSeconds(Long.parseLong(text)));
  }

  private static IOException client(SdkException failure, String name) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof InterruptedException || cause instanceof AbortedException) {
        return interrupted(name);
      }
      if (cause instanceof IOException) {
        return StoreException.noAnswer(failure);
      }
    }
    String text = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    return new StoreException(StoreException.Kind.REFUSED, 0, text, null, failure);
  }

  private static InterruptedIOException interrupted(String name) {
    return new InterruptedIOException(name + ": interrupted");
  }
}
