package io.vivace.distributor.receiver;

import io.vivace.distributor.PushException;
import io.vivace.distributor.PushResult;
import io.vivace.wire.otlp.MalformedOtlpException;
import java.util.List;

/// Where a receiver gives the spans that it received. Bound to one receiver and one transport, for
/// the counters.
public interface TracesConsumer {
  /// Stores the spans of one request.
  ///
  /// @param tenantHeaders every value of `X-Scope-OrgID` that came with it
  /// @param otlp an OTLP `ExportTraceServiceRequest`; must not change afterwards
  PushResult consume(List<String> tenantHeaders, byte[] otlp)
      throws MalformedOtlpException, PushException;

  /// Counts a payload that could not be decoded.
  void decodeFailed(DecodeFailure reason);
}
