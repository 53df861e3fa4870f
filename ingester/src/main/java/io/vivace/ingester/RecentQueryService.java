package io.vivace.ingester;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.vivace.search.CombinedSearchable;
import io.vivace.search.Searchable;
import io.vivace.service.overrides.Overrides;
import io.vivace.service.tenant.Tenants;
import io.vivace.traceql.TraceQlException;
import io.vivace.wire.TraceId;
import io.vivace.wire.tempopb.QuerierGrpc;
import io.vivace.wire.tempopb.SearchRequest;
import io.vivace.wire.tempopb.SearchResponse;
import io.vivace.wire.tempopb.SearchTagValuesRequest;
import io.vivace.wire.tempopb.SearchTagValuesResponse;
import io.vivace.wire.tempopb.SearchTagValuesV2Response;
import io.vivace.wire.tempopb.SearchTagsRequest;
import io.vivace.wire.tempopb.SearchTagsResponse;
import io.vivace.wire.tempopb.SearchTagsV2Response;
import io.vivace.wire.tempopb.Trace;
import io.vivace.wire.tempopb.TraceByIDMetrics;
import io.vivace.wire.tempopb.TraceByIDRequest;
import io.vivace.wire.tempopb.TraceByIDResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers queriers from what the ingester has: everything that was acknowledged.
final class RecentQueryService extends QuerierGrpc.QuerierImplBase {
  private static final Logger LOG = LoggerFactory.getLogger(RecentQueryService.class);

  private final Ingester ingester;
  private final BooleanSupplier replayed;
  private final Overrides overrides;

  /// @param replayed whether everything that was acknowledged is here; until then every query is
  ///   refused, because an answer would miss spans
  RecentQueryService(Ingester ingester, BooleanSupplier replayed, Overrides overrides) {
    this.ingester = ingester;
    this.replayed = replayed;
    this.overrides = overrides;
  }

  /// What is computed for a request.
  private interface Answer<R> {
    R compute(String tenant) throws IOException;
  }

  private <R> void answer(StreamObserver<R> response, Answer<R> answer) {
    if (!replayed.getAsBoolean()) {
      response.onError(
          Status.UNAVAILABLE
              .withDescription("Ingester is starting: its log is being replayed")
              .asRuntimeException());
      return;
    }
    String tenant = Tenants.CURRENT.get();
    try {
      response.onNext(answer.compute(tenant));
      response.onCompleted();
    } catch (TraceQlException.Unsupported e) {
      response.onError(Status.UNIMPLEMENTED.withDescription(e.getMessage()).asRuntimeException());
    } catch (TraceQlException | IllegalArgumentException e) {
      response.onError(
          Status.INVALID_ARGUMENT.withDescription(e.getMessage()).asRuntimeException());
    } catch (IOException | RuntimeException e) {
      LOG.error("msg=\"query failed\" tenant={}", tenant, e);
      response.onError(Status.INTERNAL.withDescription(e.toString()).asRuntimeException());
    }
  }

  @Override
  public void findTraceByID(TraceByIDRequest request, StreamObserver<TraceByIDResponse> response) {
    answer(
        response,
        tenant -> {
          TraceId id = TraceId.of(request.getTraceID().toByteArray());
          Optional<Trace> trace = ingester.find(tenant, id);
          TraceByIDResponse.Builder found =
              TraceByIDResponse.newBuilder().setMetrics(TraceByIDMetrics.getDefaultInstance());
          trace.ifPresent(found::setTrace);
          return found.build();
        });
  }

  @Override
  public void searchRecent(SearchRequest request, StreamObserver<SearchResponse> response) {
    answer(response, tenant -> recent(tenant).search(request));
  }

  @Override
  public void searchTags(SearchTagsRequest request, StreamObserver<SearchTagsResponse> response) {
    answer(response, tenant -> recent(tenant).searchTags(request, maxBytes(tenant)));
  }

  @Override
  public void searchTagsV2(
      SearchTagsRequest request, StreamObserver<SearchTagsV2Response> response) {
    answer(response, tenant -> recent(tenant).searchTagsV2(request, maxBytes(tenant)));
  }

  @Override
  public void searchTagValues(
      SearchTagValuesRequest request, StreamObserver<SearchTagValuesResponse> response) {
    answer(response, tenant -> recent(tenant).searchTagValues(request, maxBytes(tenant)));
  }

  @Override
  public void searchTagValuesV2(
      SearchTagValuesRequest request, StreamObserver<SearchTagValuesV2Response> response) {
    answer(response, tenant -> recent(tenant).searchTagValuesV2(request, maxBytes(tenant)));
  }

  private Searchable recent(String tenant) {
    return new CombinedSearchable(ingester.searchables(tenant));
  }

  private int maxBytes(String tenant) {
    return overrides.limits(tenant).read().maxBytesPerTagValuesQuery();
  }
}
