package io.vivace.distributor.receiver;

import io.vivace.distributor.PushException;
import io.vivace.distributor.PushResult;
import io.vivace.wire.otlp.MalformedOtlpException;
import java.util.List;

/// What OTLP over gRPC and over HTTP have in common: who the tenant is, the push, the counters.
public interface OtlpReceiver {
  /// Stores one request.
  ///
  /// @param tenantHeaders every value of `X-Scope-OrgID` that came with it
  /// @param otlp an OTLP `ExportTraceServiceRequest`
  /// @param transport `grpc` or `http`, for the metrics
  PushResult push(List<String> tenantHeaders, byte[] otlp, String transport)
      throws MalformedOtlpException, PushException;

  /// Counts a payload that could not be decoded.
  void malformed(String transport);
}
