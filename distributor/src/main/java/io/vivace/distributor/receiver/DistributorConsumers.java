package io.vivace.distributor.receiver;

import io.grpc.Status;
import io.vivace.distributor.ByteBudget;
import io.vivace.distributor.Distributor;
import io.vivace.distributor.DistributorMetrics;
import io.vivace.distributor.PushException;
import io.vivace.distributor.PushResult;
import io.vivace.service.error.ServiceException;
import io.vivace.service.tenant.Tenants;
import io.vivace.wire.otlp.MalformedOtlpException;
import io.vivace.wire.otlp.OtlpScanner;
import java.util.List;

/// The way from every receiver to the distributor: tenant, push, counters.
///
/// @param distributor where the spans go
/// @param tenants who may send
/// @param metrics where requests are counted
/// @param inFlight bytes that all requests under way may have together; what does not fit is told
///   to come again
public record DistributorConsumers(
    Distributor distributor, Tenants tenants, DistributorMetrics metrics, ByteBudget inFlight)
    implements ConsumerFactory {

  @Override
  public TracesConsumer consumer(String receiver, String transport) {
    return new Consumer(receiver, transport);
  }

  private String tenant(List<String> headers) throws PushException {
    if (!tenants.multitenancy()) {
      return Tenants.SINGLE_TENANT;
    }
    if (headers.size() != 1) {
      throw new PushException(Status.Code.UNAVAILABLE, "no org id").forGood();
    }
    try {
      return tenants.requireOne(headers.getFirst());
    } catch (ServiceException e) {
      throw new PushException(Status.Code.INVALID_ARGUMENT, e.text());
    }
  }

  private PushResult push(String tenant, byte[] otlp) throws MalformedOtlpException, PushException {
    if (!inFlight.take(otlp.length)) {
      throw new PushException(
          Status.Code.UNAVAILABLE,
          "distributor: no room for "
              + otlp.length
              + " bytes (expected: at most "
              + inFlight.bytes()
              + " in all requests under way), try again");
    }
    try {
      return distributor.push(tenant, otlp);
    } finally {
      inFlight.give(otlp.length);
    }
  }

  /// How many spans were refused: those of a request that the distributor never saw are counted
  /// here.
  private static int spans(PushException error, byte[] otlp) throws MalformedOtlpException {
    return error.spans() > 0 ? error.spans() : OtlpScanner.scan(otlp).spanCount();
  }

  private final class Consumer implements TracesConsumer {
    private final String receiver;
    private final String transport;

    Consumer(String receiver, String transport) {
      this.receiver = receiver;
      this.transport = transport;
    }

    @Override
    public PushResult consume(List<String> tenantHeaders, byte[] otlp)
        throws MalformedOtlpException, PushException {
      if (otlp.length == 0) {
        // like every request without spans: taken before anybody asks for the tenant
        return PushResult.COMPLETE;
      }
      try {
        PushResult result = push(tenant(tenantHeaders), otlp);
        long rejected = result.rejectedSpans();
        metrics.receiver(receiver, transport, result.spans() - rejected, rejected);
        return result;
      } catch (PushException e) {
        metrics.receiver(receiver, transport, 0, spans(e, otlp));
        throw e;
      }
    }

    @Override
    public void decodeFailed(DecodeFailure reason) {
      metrics.decodeFailed(receiver, transport, reason.label());
    }
  }
}
