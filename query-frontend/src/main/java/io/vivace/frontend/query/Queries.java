package io.vivace.frontend.query;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.vivace.frontend.queue.JobQueue;
import io.vivace.search.SearchResponseCombiner;
import io.vivace.search.SearchTagValuesCombiner;
import io.vivace.search.SearchTagValuesV2Combiner;
import io.vivace.search.SearchTagsCombiner;
import io.vivace.search.SearchTagsV2Combiner;
import io.vivace.storage.cache.Cache;
import io.vivace.wire.TraceCombiner;
import io.vivace.wire.TraceId;
import io.vivace.wire.queue.BlockRange;
import io.vivace.wire.queue.JobKind;
import io.vivace.wire.tempopb.SearchMetrics;
import io.vivace.wire.tempopb.SearchRequest;
import io.vivace.wire.tempopb.SearchResponse;
import io.vivace.wire.tempopb.SearchTagValuesRequest;
import io.vivace.wire.tempopb.SearchTagValuesResponse;
import io.vivace.wire.tempopb.SearchTagValuesV2Response;
import io.vivace.wire.tempopb.SearchTagsRequest;
import io.vivace.wire.tempopb.SearchTagsResponse;
import io.vivace.wire.tempopb.SearchTagsV2Response;
import io.vivace.wire.tempopb.Trace;
import io.vivace.wire.tempopb.TraceByIDRequest;
import io.vivace.wire.tempopb.TraceByIDResponse;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// Answers queries: splits them into jobs over recent data and over blocks, and combines.
///
/// Every method throws [io.vivace.frontend.queue.QueryException] when a job failed: an answer is
/// complete or it is an error.
public final class Queries {
  private final JobQueue queue;
  private final BlockCatalog catalog;
  private final QuerySettings settings;
  private final AnswerCache cache;
  private final Clock clock;

  /// Queries whose jobs go through `queue`.
  ///
  /// @param answers keeps answers to jobs over blocks
  public Queries(
      JobQueue queue, BlockCatalog catalog, QuerySettings settings, Cache answers, Clock clock) {
    this.queue = queue;
    this.catalog = catalog;
    this.settings = settings;
    this.cache = new AnswerCache(answers);
    this.clock = clock;
  }

  /// The trace with this id, from recent data and blocks, combined; empty when there is nothing.
  ///
  /// @param recent whether ingesters are asked
  /// @param takes which blocks are asked
  public Optional<Trace> trace(
      List<String> tenants, TraceId id, boolean recent, Predicate<BlockCatalog.Entry> takes) {
    TraceByIDRequest request =
        TraceByIDRequest.newBuilder().setTraceID(ByteString.copyFrom(id.toBytes())).build();
    List<Trace> pieces = new ArrayList<>();
    for (String tenant : tenants) {
      List<Jobs.Part> parts = new ArrayList<>();
      if (recent) {
        parts.add(new Jobs.Part(List.of(), Long.MAX_VALUE, false));
      }
      parts.addAll(shards(catalog.blocks(tenant).stream().filter(takes).toList()));
      Jobs.Outcome _ =
          new Jobs(queue, cache, parts.size(), settings.traceByIdTimeout())
              .run(
                  tenant,
                  JobKind.FIND_TRACE,
                  request,
                  parts,
                  TraceByIDResponse.parser(),
                  answer -> {
                    if (answer.hasTrace()) {
                      pieces.add(answer.getTrace());
                    }
                  },
                  part -> false);
    }
    return pieces.isEmpty() ? Optional.empty() : Optional.of(TraceCombiner.combine(pieces));
  }

  private List<Jobs.Part> shards(List<BlockCatalog.Entry> blocks) {
    int shards = Math.min(blocks.size(), Math.max(1, settings.queryShards() - 1));
    List<Jobs.Part> parts = new ArrayList<>(shards);
    for (int shard = 0; shard < shards; shard++) {
      List<BlockRange> ranges = new ArrayList<>();
      for (int i = shard; i < blocks.size(); i += shards) {
        ranges.add(BlockRange.newBuilder().setBlockId(blocks.get(i).id()).build());
      }
      parts.add(new Jobs.Part(ranges, 0, false));
    }
    return parts;
  }

  /// The newest traces that match.
  public SearchResponse search(List<String> tenants, SearchRequest request) {
    SearchResponseCombiner combiner = new SearchResponseCombiner(request.getLimit(), true);
    SearchMetrics.Builder totals = SearchMetrics.newBuilder();
    for (String tenant : tenants) {
      List<BlockCatalog.Entry> blocks = blocks(tenant, request.getStart(), request.getEnd());
      List<Jobs.Part> parts = new ArrayList<>();
      if (asksRecent(request.getStart(), request.getEnd())) {
        parts.add(new Jobs.Part(List.of(), Long.MAX_VALUE, false));
      }
      blocks.forEach(block -> parts.addAll(split(block, request.getStart(), request.getEnd())));
      Jobs.Outcome outcome =
          new Jobs(queue, cache, settings.concurrentJobs(), settings.searchTimeout())
              .run(
                  tenant,
                  JobKind.SEARCH,
                  request,
                  parts,
                  SearchResponse.parser(),
                  combiner::add,
                  part -> cannotAdd(combiner, part));
      totals.setTotalBlocks(totals.getTotalBlocks() + blocks.size());
      totals.setTotalJobs(totals.getTotalJobs() + outcome.total());
      totals.setCompletedJobs(totals.getCompletedJobs() + outcome.completed());
      blocks.forEach(
          block -> totals.setTotalBlockBytes(totals.getTotalBlockBytes() + block.bytes()));
    }
    SearchResponse response = combiner.clientResponse();
    SearchMetrics inspected = response.getMetrics();
    return response.toBuilder()
        .setMetrics(
            totals
                .setInspectedTraces(inspected.getInspectedTraces())
                .setInspectedBytes(inspected.getInspectedBytes()))
        .build();
  }

  /// Whether `limit` traces are held and nothing in the part can be newer than the oldest of them.
  private static boolean cannotAdd(SearchResponseCombiner combiner, Jobs.Part part) {
    return combiner.isFull()
        && part.newestSeconds() < combiner.oldestStartTimeUnixNano() / 1_000_000_000L;
  }

  /// Recent data is asked without a range, and when the range reaches into it.
  private boolean asksRecent(int start, int end) {
    if (start == 0 || end == 0) {
      return true;
    }
    long until = clock.instant().minus(settings.queryIngestersUntil()).getEpochSecond();
    return Integer.toUnsignedLong(end) >= until;
  }

  /// The blocks that a range asks for, newest first; none without a range.
  private List<BlockCatalog.Entry> blocks(String tenant, int start, int end) {
    if (start == 0 || end == 0) {
      return List.of();
    }
    long first = Integer.toUnsignedLong(start);
    long backendAfter = clock.instant().minus(settings.queryBackendAfter()).getEpochSecond();
    long last = Math.min(Integer.toUnsignedLong(end), backendAfter);
    // without an age below which blocks are left out, a range that ends in the future is whole
    long bound = settings.queryBackendAfter().isZero() ? Integer.toUnsignedLong(end) : last;
    return catalog.blocks(tenant).stream()
        .filter(block -> block.startSeconds() <= bound && block.endSeconds() >= first)
        .sorted(
            Comparator.comparingLong(BlockCatalog.Entry::endSeconds)
                .reversed()
                .thenComparing(BlockCatalog.Entry::id))
        .toList();
  }

  private List<Jobs.Part> split(BlockCatalog.Entry block, int start, int end) {
    boolean isWhole =
        Integer.toUnsignedLong(start) < block.startSeconds()
            && Integer.toUnsignedLong(end) > block.endSeconds();
    long bytesPerGroup = Math.max(1, block.bytes() / Math.max(1, block.rowGroups()));
    int groups = Math.clamp(settings.targetBytesPerJob() / bytesPerGroup, 1, 1 << 20);
    if (groups >= block.rowGroups()) {
      return List.of(
          new Jobs.Part(
              List.of(BlockRange.newBuilder().setBlockId(block.id()).build()),
              block.endSeconds(),
              isWhole));
    }
    List<Jobs.Part> parts = new ArrayList<>();
    for (int first = 0; first < block.rowGroups(); first += groups) {
      BlockRange range =
          BlockRange.newBuilder()
              .setBlockId(block.id())
              .setFirstRowGroup(first)
              .setRowGroups(Math.min(groups, block.rowGroups() - first))
              .build();
      parts.add(new Jobs.Part(List.of(range), block.endSeconds(), isWhole));
    }
    return parts;
  }

  /// Names of tags.
  public SearchTagsResponse tags(List<String> tenants, SearchTagsRequest request, int maxBytes) {
    SearchTagsCombiner combiner = new SearchTagsCombiner(request.getMaxTagsPerScope(), maxBytes);
    metadata(
        tenants,
        JobKind.SEARCH_TAGS,
        request,
        request.getStart(),
        request.getEnd(),
        SearchTagsResponse.parser(),
        combiner::add,
        combiner::isComplete);
    return combiner.response();
  }

  /// Names of tags by scope.
  public SearchTagsV2Response tagsV2(
      List<String> tenants, SearchTagsRequest request, int maxBytes) {
    SearchTagsV2Combiner combiner =
        new SearchTagsV2Combiner(request.getMaxTagsPerScope(), maxBytes);
    metadata(
        tenants,
        JobKind.SEARCH_TAGS_V2,
        request,
        request.getStart(),
        request.getEnd(),
        SearchTagsV2Response.parser(),
        combiner::add,
        combiner::isComplete);
    return combiner.response();
  }

  /// Values of a tag.
  public SearchTagValuesResponse values(
      List<String> tenants, SearchTagValuesRequest request, int maxBytes) {
    SearchTagValuesCombiner combiner =
        new SearchTagValuesCombiner(request.getMaxTagValues(), maxBytes);
    metadata(
        tenants,
        JobKind.SEARCH_TAG_VALUES,
        request,
        request.getStart(),
        request.getEnd(),
        SearchTagValuesResponse.parser(),
        combiner::add,
        combiner::isComplete);
    return combiner.response();
  }

  /// Typed values of an attribute or intrinsic.
  public SearchTagValuesV2Response valuesV2(
      List<String> tenants, SearchTagValuesRequest request, int maxBytes) {
    SearchTagValuesV2Combiner combiner =
        new SearchTagValuesV2Combiner(request.getMaxTagValues(), maxBytes);
    metadata(
        tenants,
        JobKind.SEARCH_TAG_VALUES_V2,
        request,
        request.getStart(),
        request.getEnd(),
        SearchTagValuesV2Response.parser(),
        combiner::add,
        combiner::isComplete);
    return combiner.response();
  }

  private <R extends Message> void metadata(
      List<String> tenants,
      JobKind kind,
      Message request,
      int start,
      int end,
      Parser<R> parser,
      Consumer<R> take,
      BooleanSupplier complete) {
    for (String tenant : tenants) {
      List<Jobs.Part> parts = new ArrayList<>();
      if (asksRecent(start, end)) {
        parts.add(new Jobs.Part(List.of(), Long.MAX_VALUE, false));
      }
      blocks(tenant, start, end).forEach(block -> parts.addAll(split(block, start, end)));
      Jobs.Outcome _ =
          new Jobs(queue, cache, settings.concurrentJobs(), settings.searchTimeout())
              .run(tenant, kind, request, parts, parser, take, part -> complete.getAsBoolean());
    }
  }
}
