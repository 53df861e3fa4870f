package io.vivace.distributor.receiver;

import io.grpc.Status;
import io.vivace.distributor.Distributor;
import io.vivace.distributor.DistributorMetrics;
import io.vivace.distributor.PushException;
import io.vivace.distributor.PushResult;
import io.vivace.service.error.ServiceException;
import io.vivace.service.tenant.Tenants;
import io.vivace.wire.otlp.MalformedOtlpException;
import java.util.List;

/// The way of an OTLP request: tenant, distributor, counters.
public final class DistributorOtlpReceiver implements OtlpReceiver {
  private static final String RECEIVER = "otlp/otlp_receiver";

  private final Distributor distributor;
  private final Tenants tenants;
  private final DistributorMetrics metrics;

  /// A receiver in front of `distributor`.
  public DistributorOtlpReceiver(
      Distributor distributor, Tenants tenants, DistributorMetrics metrics) {
    this.distributor = distributor;
    this.tenants = tenants;
    this.metrics = metrics;
  }

  @Override
  public PushResult push(List<String> tenantHeaders, byte[] otlp, String transport)
      throws MalformedOtlpException, PushException {
    if (otlp.length == 0) {
      // like every request without spans: taken before anybody asks for the tenant
      return PushResult.COMPLETE;
    }
    String tenant = tenant(tenantHeaders);
    try {
      PushResult result = distributor.push(tenant, otlp);
      metrics.receiver(
          RECEIVER, transport, result.spans() - result.rejectedSpans(), result.rejectedSpans());
      return result;
    } catch (PushException e) {
      metrics.receiver(RECEIVER, transport, 0, e.spans());
      throw e;
    }
  }

  private String tenant(List<String> headers) throws PushException {
    if (!tenants.multitenancy()) {
      return Tenants.SINGLE_TENANT;
    }
    if (headers.size() != 1) {
      throw new PushException(Status.Code.UNAVAILABLE, "no org id");
    }
    try {
      return tenants.requireOne(headers.getFirst());
    } catch (ServiceException e) {
      throw new PushException(Status.Code.INVALID_ARGUMENT, e.text());
    }
  }

  @Override
  public void malformed(String transport) {
    metrics.malformed(RECEIVER, transport);
  }
}
