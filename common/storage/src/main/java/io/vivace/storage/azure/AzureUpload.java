package io.vivace.storage.azure;

import io.vivace.storage.remote.FilePart;
import io.vivace.storage.remote.HttpTransport.Answer;
import io.vivace.storage.remote.RemoteCalls;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Writes files as staged blocks, several at once, each read from the file when it is sent; the
/// list of them makes the object. Blocks that no list names are removed by the store within a week.
final class AzureUpload {
  private final AzureApi api;
  private final AzureSettings settings;
  private final RemoteCalls calls;

  AzureUpload(AzureApi api, AzureSettings settings, RemoteCalls calls) {
    this.api = api;
    this.settings = settings;
    this.calls = calls;
  }

  void write(String name, Path file, long size) throws IOException {
    long block = settings.blockBytes(size);
    List<String> ids = new ArrayList<>();
    List<Future<Answer>> sent = new ArrayList<>();
    try (ExecutorService threads =
        Executors.newFixedThreadPool(
            settings.parallelBlocks(), Thread.ofVirtual().name("azure-block-", 0).factory())) {
      for (long offset = 0; offset < size; offset += block) {
        long from = offset;
        long length = Math.min(block, size - offset);
        String id = id(ids.size());
        ids.add(id);
        sent.add(threads.submit(() -> stage(name, id, file, from, length)));
      }
      await(name, sent);
    }
    commit(name, ids);
  }

  private static void await(String name, List<Future<Answer>> sent) throws IOException {
    try {
      for (Future<Answer> block : sent) {
        Answer _ = block.get();
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException io ? io : new IOException(name, e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException(name + ": interrupted");
    } finally {
      sent.forEach(block -> block.cancel(true));
    }
  }

  private static String id(int number) {
    byte[] text = "%08d".formatted(number).getBytes(StandardCharsets.US_ASCII);
    return Base64.getEncoder().encodeToString(text);
  }

  private Answer stage(String name, String id, Path file, long offset, long length)
      throws IOException {
    return calls.run(
        "write a block of",
        name,
        () ->
            api.send(
                api.blob(
                        "PUT",
                        name,
                        BodyPublishers.fromPublisher(
                            BodyPublishers.ofInputStream(() -> FilePart.open(file, offset, length)),
                            length),
                        length)
                    .parameter("comp", "block")
                    .parameter("blockid", id),
                name));
  }

  private void commit(String name, List<String> ids) throws IOException {
    StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"utf-8\"?><BlockList>");
    ids.forEach(id -> xml.append("<Latest>").append(id).append("</Latest>"));
    byte[] body = xml.append("</BlockList>").toString().getBytes(StandardCharsets.UTF_8);
    Answer _ =
        calls.run(
            "finish writing",
            name,
            () ->
                api.send(
                    api.blob("PUT", name, BodyPublishers.ofByteArray(body), body.length)
                        .parameter("comp", "blocklist")
                        .header("content-type", "text/plain; charset=UTF-8")
                        .header("x-ms-blob-content-type", "application/octet-stream"),
                    name));
  }
}
