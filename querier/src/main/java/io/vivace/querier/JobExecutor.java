package io.vivace.querier;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.vivace.search.CombinedSearchable;
import io.vivace.search.SearchResponseCombiner;
import io.vivace.search.SearchTagValuesCombiner;
import io.vivace.search.SearchTagValuesV2Combiner;
import io.vivace.search.SearchTagsCombiner;
import io.vivace.search.SearchTagsV2Combiner;
import io.vivace.search.Searchable;
import io.vivace.wire.TraceCombiner;
import io.vivace.wire.TraceId;
import io.vivace.wire.queue.BlockRange;
import io.vivace.wire.queue.Job;
import io.vivace.wire.tempopb.SearchRequest;
import io.vivace.wire.tempopb.SearchResponse;
import io.vivace.wire.tempopb.SearchTagValuesRequest;
import io.vivace.wire.tempopb.SearchTagsRequest;
import io.vivace.wire.tempopb.Trace;
import io.vivace.wire.tempopb.TraceByIDMetrics;
import io.vivace.wire.tempopb.TraceByIDRequest;
import io.vivace.wire.tempopb.TraceByIDResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/// Does a job: over the blocks that it names, or over recent data when it names none.
final class JobExecutor {
  private final RecentQueries recent;
  private final BlockQueries blocks;
  private final ToIntFunction<String> maxTagBytes;

  /// @param maxTagBytes most bytes of tag names or values of a tenant in one answer
  JobExecutor(RecentQueries recent, BlockQueries blocks, ToIntFunction<String> maxTagBytes) {
    this.recent = recent;
    this.blocks = blocks;
    this.maxTagBytes = maxTagBytes;
  }

  /// The response of the job's kind, encoded.
  ///
  /// @throws io.grpc.StatusRuntimeException when ingesters failed
  ByteString execute(Job job) throws IOException, InterruptedException {
    ByteString request = job.getRequest();
    boolean isRecent = job.getBlocksCount() == 0;
    Message response =
        switch (job.getKind()) {
          case FIND_TRACE -> {
            TraceByIDRequest find = TraceByIDRequest.parseFrom(request);
            yield isRecent ? findRecent(job, find) : findInBlocks(job, find);
          }
          case SEARCH -> {
            SearchRequest search = SearchRequest.parseFrom(request);
            yield isRecent ? searchRecent(job, search) : searchable(job).search(search);
          }
          case SEARCH_TAGS -> {
            SearchTagsRequest tags = SearchTagsRequest.parseFrom(request);
            yield isRecent
                ? tagsRecent(job, tags)
                : searchable(job).searchTags(tags, maxBytes(job));
          }
          case SEARCH_TAGS_V2 -> {
            SearchTagsRequest tags = SearchTagsRequest.parseFrom(request);
            yield isRecent
                ? tagsV2Recent(job, tags)
                : searchable(job).searchTagsV2(tags, maxBytes(job));
          }
          case SEARCH_TAG_VALUES -> {
            SearchTagValuesRequest values = SearchTagValuesRequest.parseFrom(request);
            yield isRecent
                ? valuesRecent(job, values)
                : searchable(job).searchTagValues(values, maxBytes(job));
          }
          case SEARCH_TAG_VALUES_V2 -> {
            SearchTagValuesRequest values = SearchTagValuesRequest.parseFrom(request);
            yield isRecent
                ? valuesV2Recent(job, values)
                : searchable(job).searchTagValuesV2(values, maxBytes(job));
          }
          case UNRECOGNIZED ->
              throw new InvalidProtocolBufferException(
                  "job kind: " + job.getKindValue() + " (expected: one that this querier knows)");
        };
    return response.toByteString();
  }

  private int maxBytes(Job job) {
    return maxTagBytes.applyAsInt(job.getTenant());
  }

  private Searchable searchable(Job job) throws IOException {
    List<Searchable> parts = new ArrayList<>();
    for (BlockRange range : job.getBlocksList()) {
      parts.add(blocks.searchable(job.getTenant(), range));
    }
    return new CombinedSearchable(parts);
  }

  private TraceByIDResponse findInBlocks(Job job, TraceByIDRequest request) throws IOException {
    TraceId id = TraceId.of(request.getTraceID().toByteArray());
    List<Trace> pieces = new ArrayList<>();
    for (BlockRange range : job.getBlocksList()) {
      blocks.find(job.getTenant(), range.getBlockId(), id).ifPresent(pieces::add);
    }
    return found(pieces);
  }

  private TraceByIDResponse findRecent(Job job, TraceByIDRequest request)
      throws InterruptedException {
    List<Trace> pieces = new ArrayList<>();
    recent
        .ask(job.getTenant(), job.getTimeoutMillis(), stub -> stub.findTraceByID(request))
        .forEach(answer -> {
          if (answer.hasTrace()) {
            pieces.add(answer.getTrace());
          }
        });
    return found(pieces);
  }

  private static TraceByIDResponse found(List<Trace> pieces) {
    TraceByIDResponse.Builder response =
        TraceByIDResponse.newBuilder().setMetrics(TraceByIDMetrics.getDefaultInstance());
    if (!pieces.isEmpty()) {
      response.setTrace(TraceCombiner.combine(pieces));
    }
    return response.build();
  }

  private SearchResponse searchRecent(Job job, SearchRequest request) throws InterruptedException {
    SearchResponseCombiner combiner = new SearchResponseCombiner(request.getLimit(), true);
    recent
        .ask(job.getTenant(), job.getTimeoutMillis(), stub -> stub.searchRecent(request))
        .forEach(combiner::add);
    return combiner.response();
  }

  private Message tagsRecent(Job job, SearchTagsRequest request) throws InterruptedException {
    SearchTagsCombiner combiner = new SearchTagsCombiner(0, maxBytes(job));
    recent
        .ask(job.getTenant(), job.getTimeoutMillis(), stub -> stub.searchTags(request))
        .forEach(combiner::add);
    return combiner.response();
  }

  private Message tagsV2Recent(Job job, SearchTagsRequest request) throws InterruptedException {
    SearchTagsV2Combiner combiner = new SearchTagsV2Combiner(0, maxBytes(job));
    recent
        .ask(job.getTenant(), job.getTimeoutMillis(), stub -> stub.searchTagsV2(request))
        .forEach(combiner::add);
    return combiner.response();
  }

  private Message valuesRecent(Job job, SearchTagValuesRequest request)
      throws InterruptedException {
    SearchTagValuesCombiner combiner = new SearchTagValuesCombiner(0, maxBytes(job));
    recent
        .ask(job.getTenant(), job.getTimeoutMillis(), stub -> stub.searchTagValues(request))
        .forEach(combiner::add);
    return combiner.response();
  }

  private Message valuesV2Recent(Job job, SearchTagValuesRequest request)
      throws InterruptedException {
    SearchTagValuesV2Combiner combiner = new SearchTagValuesV2Combiner(0, maxBytes(job));
    recent
        .ask(job.getTenant(), job.getTimeoutMillis(), stub -> stub.searchTagValuesV2(request))
        .forEach(combiner::add);
    return combiner.response();
  }
}
