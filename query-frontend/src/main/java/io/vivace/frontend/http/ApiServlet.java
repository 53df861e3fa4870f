package io.vivace.frontend.http;

import io.grpc.Status;
import io.vivace.frontend.query.Queries;
import io.vivace.frontend.query.SharedSpanIds;
import io.vivace.frontend.queue.QueryException;
import io.vivace.service.error.ServiceException;
import io.vivace.service.overrides.Overrides;
import io.vivace.service.tenant.Tenants;
import io.vivace.traceql.Query;
import io.vivace.traceql.TraceQlException;
import io.vivace.wire.json.TempoJson;
import io.vivace.wire.tempopb.PartialStatus;
import io.vivace.wire.tempopb.SearchRequest;
import io.vivace.wire.tempopb.SearchTagValuesRequest;
import io.vivace.wire.tempopb.SearchTagsRequest;
import io.vivace.wire.tempopb.Trace;
import io.vivace.wire.tempopb.TraceByIDMetrics;
import io.vivace.wire.tempopb.TraceByIDResponse;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The routes of the read API. Every method is answered alike; only the URL counts.
public final class ApiServlet extends HttpServlet {
  private static final long serialVersionUID = 1;
  private static final Set<String> TAG_SCOPES =
      Set.of("", "none", "span", "resource", "event", "link", "instrumentation", "intrinsic");

  private final transient Queries queries;
  private final transient FrontendLimits limits;
  private final transient Tenants tenants;
  private final transient Overrides overrides;
  private final boolean federated;
  private final String prefix;
  private final transient UrlDenyList denied;

  /// A servlet over `queries`.
  ///
  /// @param federated whether a tenant `a|b` is several tenants (`multi_tenant_queries_enabled`)
  /// @param prefix what stands in front of every path (`http_api_prefix`)
  public ApiServlet(
      Queries queries,
      FrontendLimits limits,
      Tenants tenants,
      Overrides overrides,
      boolean federated,
      String prefix) {
    this.queries = queries;
    this.limits = limits;
    this.tenants = tenants;
    this.overrides = overrides;
    this.federated = federated;
    this.prefix = prefix;
    this.denied = new UrlDenyList(limits.urlDenyList());
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    ApiResponse answer;
    try {
      answer = answer(request);
    } catch (QueryException e) {
      answer = ApiResponse.error(e);
    } catch (ServiceException e) {
      answer = ApiResponse.text(e.code().httpStatus(), e.text() + "\n");
    } catch (TraceQlException.Unsupported e) {
      answer = ApiResponse.text(501, String.valueOf(e.getMessage()));
    }
    answer.write(request, response);
  }

  private ApiResponse answer(HttpServletRequest request) {
    String path = request.getRequestURI().substring(prefix.length());
    String[] segments = path.substring(1).split("/", -1);
    QueryParameters parameters = new QueryParameters(request.getQueryString());
    boolean isV2 = segments.length > 1 && segments[1].equals("v2");
    List<String> route = List.of(segments).subList(isV2 ? 2 : 1, segments.length);
    if (route.size() == 2 && route.getFirst().equals("traces") && !route.get(1).isEmpty()) {
      return trace(request, decoded(route.get(1)), parameters, isV2);
    }
    if (route.size() == 1 && route.getFirst().equals("search") && !isV2) {
      return search(request, parameters);
    }
    if (route.size() == 2 && route.getFirst().equals("search") && route.get(1).equals("tags")) {
      return tags(request, parameters, isV2);
    }
    if (route.size() == 4
        && route.subList(0, 2).equals(List.of("search", "tag"))
        && route.get(3).equals("values")
        && !route.get(2).isEmpty()) {
      return values(request, tagName(route.get(2)), parameters, isV2);
    }
    if (route.equals(List.of("metrics", "summary")) && parameters.get("groupBy").isEmpty()) {
      throw GoParse.bad("groupBy: absent (expected: an attribute)");
    }
    if (route.getFirst().equals("metrics") && !isV2) {
      throw new QueryException(Status.Code.UNIMPLEMENTED, "TraceQL metrics: not supported yet");
    }
    return ApiResponse.text(404, "404 page not found\n");
  }

  private List<String> tenants(HttpServletRequest request) {
    String header = request.getHeader(Tenants.HEADER);
    return federated ? tenants.requireAll(header) : List.of(tenants.require(header));
  }

  private void checkDenied(HttpServletRequest request) {
    String query = request.getQueryString();
    denied.check(request.getRequestURI() + (query == null ? "" : "?" + query));
  }

  private ApiResponse trace(
      HttpServletRequest request, String id, QueryParameters parameters, boolean isV2) {
    List<String> names = tenants(request);
    TraceByIdParameters asked = TraceByIdParameters.parse(id, parameters);
    checkDenied(request);
    Optional<Trace> found =
        queries.trace(
            names,
            asked.traceId(),
            asked.recent(),
            block ->
                asked.blocks()
                    && asked.takes(block.id(), block.startSeconds(), block.endSeconds()));
    int max = overrides.limits(names.getFirst()).global().maxBytesPerTrace();
    boolean isTooLarge = max > 0 && found.isPresent() && found.get().getSerializedSize() > max;
    boolean isProtobuf = "application/protobuf".equals(request.getHeader("Accept"));
    Optional<Trace> trace = found.map(SharedSpanIds::separate);
    return isV2 ? v2(trace, isTooLarge, max, isProtobuf) : v1(trace, isTooLarge, max, isProtobuf);
  }

  private static ApiResponse v1(
      Optional<Trace> trace, boolean isTooLarge, int max, boolean isProtobuf) {
    if (trace.isEmpty()) {
      return ApiResponse.empty(404);
    }
    if (isTooLarge) {
      return ApiResponse.text(422, "trace exceeds max size (max bytes: " + max + ")");
    }
    return isProtobuf
        ? ApiResponse.protobuf(trace.get().toByteArray())
        : ApiResponse.json(TempoJson.writeRenamed(trace.get(), Map.of("resourceSpans", "batches")));
  }

  private static ApiResponse v2(
      Optional<Trace> trace, boolean isTooLarge, int max, boolean isProtobuf) {
    TraceByIDResponse.Builder response =
        TraceByIDResponse.newBuilder()
            .setTrace(trace.orElse(Trace.getDefaultInstance()))
            .setMetrics(TraceByIDMetrics.getDefaultInstance());
    if (isTooLarge) {
      response
          .setTrace(TraceCut.toSize(response.getTrace(), max))
          .setStatus(PartialStatus.PARTIAL)
          .setMessage(
              "Trace exceeds maximum size of " + max + " bytes, a partial trace is returned");
    }
    return isProtobuf
        ? ApiResponse.protobuf(response.build().toByteArray())
        : ApiResponse.json(TempoJson.write(response.build()));
  }

  private ApiResponse search(HttpServletRequest request, QueryParameters parameters) {
    List<String> names = tenants(request);
    SearchRequest search = SearchParameters.parse(parameters, limits);
    if (!search.getQuery().isEmpty()) {
      checkQuery(search.getQuery());
    }
    checkDenied(request);
    SearchParameters.validate(search, limits, maxDuration(names.getFirst()));
    return ApiResponse.json(TempoJson.write(queries.search(names, search), Set.of("traces")));
  }

  private static void checkQuery(String text) {
    try {
      Query _ = Query.parse(text);
    } catch (TraceQlException e) {
      throw GoParse.bad("invalid TraceQL query: " + e.getMessage());
    }
  }

  private Duration maxDuration(String tenant) {
    Duration own = overrides.limits(tenant).read().maxSearchDuration();
    return own.isZero() ? limits.maxDuration() : own;
  }

  private int maxTagBytes(String tenant) {
    return overrides.limits(tenant).read().maxBytesPerTagValuesQuery();
  }

  private ApiResponse tags(HttpServletRequest request, QueryParameters parameters, boolean isV2) {
    List<String> names = tenants(request);
    String scope = parameters.get("scope");
    if (!TAG_SCOPES.contains(scope)) {
      throw GoParse.bad("invalid scope: " + scope);
    }
    SearchTagsRequest.Builder tags =
        SearchTagsRequest.newBuilder().setScope(scope).setQuery(parameters.get("q"));
    TimeRange.parse(parameters, tags::setStart, tags::setEnd);
    TimeRange.checkRf1After(parameters);
    tags.setMaxTagsPerScope(lenient(parameters.get("limit")));
    checkDenied(request);
    TimeRange.check(tags.getStart(), tags.getEnd(), maxDuration(names.getFirst()));
    int maxBytes = maxTagBytes(names.getFirst());
    return isV2
        ? ApiResponse.json(
            TempoJson.write(queries.tagsV2(names, tags.build(), maxBytes), Set.of("scopes")))
        : ApiResponse.json(
            TempoJson.write(queries.tags(names, tags.build(), maxBytes), Set.of("tagNames")));
  }

  private ApiResponse values(
      HttpServletRequest request, String tagName, QueryParameters parameters, boolean isV2) {
    List<String> names = tenants(request);
    if (isV2) {
      TagNames.check(tagName);
    }
    SearchTagValuesRequest.Builder values =
        SearchTagValuesRequest.newBuilder().setTagName(tagName).setQuery(parameters.get("q"));
    TimeRange.parse(parameters, values::setStart, values::setEnd);
    TimeRange.checkRf1After(parameters);
    values.setMaxTagValues(lenient(parameters.get("limit")));
    checkDenied(request);
    TimeRange.check(values.getStart(), values.getEnd(), maxDuration(names.getFirst()));
    int maxBytes = maxTagBytes(names.getFirst());
    return isV2
        ? ApiResponse.json(
            TempoJson.write(queries.valuesV2(names, values.build(), maxBytes), Set.of("tagValues")))
        : ApiResponse.json(
            TempoJson.write(queries.values(names, values.build(), maxBytes), Set.of("tagValues")));
  }

  /// A limit of tags that is no number is no limit.
  private static int lenient(String text) {
    try {
      return Math.max(0, Integer.parseInt(text));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private static String decoded(String segment) {
    try {
      return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw GoParse.bad("400 Bad Request");
    }
  }

  /// Clients encode the name twice; what does not decode a second time was encoded once.
  private static String tagName(String segment) {
    String once = decoded(segment);
    try {
      return URLDecoder.decode(once, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return once;
    }
  }
}
