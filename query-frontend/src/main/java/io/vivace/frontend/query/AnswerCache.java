package io.vivace.frontend.query;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.vivace.storage.cache.Cache;
import io.vivace.wire.queue.BlockRange;
import io.vivace.wire.queue.JobKind;
import io.vivace.wire.tempopb.SearchRequest;
import io.vivace.wire.tempopb.SearchTagValuesRequest;
import io.vivace.wire.tempopb.SearchTagsRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/// Answers to jobs over blocks. Blocks never change, so an answer about a whole block stays right
/// for every range that encloses the block's.
///
/// Keys are like Tempo's (`sj:`, `st:`, `stv:`, tenant, hash of the query, block, first row group,
/// row groups), but their hash is longer: answers are encoded differently, and nobody reads those
/// of the other.
final class AnswerCache {
  /// Changes when the encoding of answers does.
  private static final String VERSION = "vivace-1";

  private static final int HASH_BYTES = 16;

  private final Cache cache;

  AnswerCache(Cache cache) {
    this.cache = cache;
  }

  /// The key of a job; empty when its answer is not kept.
  Optional<String> key(JobKind kind, String tenant, Message request, Jobs.Part part) {
    if (!cache.isUsed() || !part.isWhole() || part.blocks().size() != 1) {
      return Optional.empty();
    }
    BlockRange block = part.blocks().getFirst();
    return prefix(kind)
        .map(prefix ->
            prefix
                + tenant
                + ":"
                + hash(kind, withoutRange(request))
                + ":"
                + block.getBlockId()
                + ":"
                + block.getFirstRowGroup()
                + ":"
                + block.getRowGroups());
  }

  private static Optional<String> prefix(JobKind kind) {
    return switch (kind) {
      case SEARCH -> Optional.of("sj:");
      case SEARCH_TAGS, SEARCH_TAGS_V2 -> Optional.of("st:");
      case SEARCH_TAG_VALUES, SEARCH_TAG_VALUES_V2 -> Optional.of("stv:");
      case FIND_TRACE, UNRECOGNIZED -> Optional.empty();
    };
  }

  private static Message withoutRange(Message request) {
    return switch (request) {
      case SearchRequest search -> search.toBuilder().clearStart().clearEnd().build();
      case SearchTagsRequest tags -> tags.toBuilder().clearStart().clearEnd().build();
      case SearchTagValuesRequest values -> values.toBuilder().clearStart().clearEnd().build();
      default -> request;
    };
  }

  private static String hash(JobKind kind, Message request) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update((VERSION + kind).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(sha.digest(request.toByteArray()), 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  /// The kept answer, or that of the job, which is kept then. Cancelling the result cancels the
  /// job.
  CompletableFuture<ByteString> answer(
      String key, Parser<?> parser, Supplier<CompletableFuture<ByteString>> job) {
    CompletableFuture<ByteString> result = new CompletableFuture<>();
    Thread _ =
        Thread.ofVirtual()
            .name("answer-cache")
            .start(() -> {
              try {
                answer(key, parser, job, result);
              } catch (RuntimeException e) {
                result.completeExceptionally(e);
              }
            });
    return result;
  }

  private void answer(
      String key,
      Parser<?> parser,
      Supplier<CompletableFuture<ByteString>> job,
      CompletableFuture<ByteString> result) {
    byte[] kept = cache.get(key);
    if (kept != null && isAnswer(kept, parser)) {
      result.complete(ByteString.copyFrom(kept));
      return;
    }
    if (result.isDone()) {
      return;
    }
    CompletableFuture<ByteString> running = job.get();
    CompletableFuture<ByteString> _ =
        running.whenComplete((answer, failure) -> {
          if (failure != null) {
            result.completeExceptionally(failure);
          } else if (result.complete(answer)) {
            cache.put(key, answer.toByteArray());
          }
        });
    CompletableFuture<ByteString> _ =
        result.whenComplete((answer, failure) -> {
          if (result.isCancelled()) {
            running.cancel(false);
          }
        });
  }

  /// A shared cache may hold anything.
  private static boolean isAnswer(byte[] kept, Parser<?> parser) {
    try {
      Object _ = parser.parseFrom(kept);
      return true;
    } catch (InvalidProtocolBufferException e) {
      return false;
    }
  }
}
