package io.vivace.storage.gcs;

import io.vivace.storage.remote.FilePart;
import io.vivace.storage.remote.HttpTransport.Answer;
import io.vivace.storage.remote.RemoteCalls;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/// Writes objects: small ones with their description in one request, files in a resumable upload, a
/// chunk at a time, each read from the file when it is sent.
final class GcsUpload {
  private static final int RESUME = 308;
  private static final int CANCELLED = 499;
  private static final String BOUNDARY = "vivace-7c1d0f3a52e84b6f";
  private static final Pattern STORED = Pattern.compile("bytes=0-(\\d+)");

  private final GcsApi api;
  private final GcsSettings settings;
  private final RemoteCalls calls;

  GcsUpload(GcsApi api, GcsSettings settings, RemoteCalls calls) {
    this.api = api;
    this.settings = settings;
    this.calls = calls;
  }

  /// Writes bytes.
  ///
  /// @param conditions further parameters
  /// @return the object's generation
  String write(String name, byte[] bytes, Map<String, String> conditions) throws IOException {
    Map<String, String> parameters = new HashMap<>(conditions);
    parameters.put("uploadType", "multipart");
    byte[] body = multipart(name, bytes);
    Answer answer =
        calls.run(
            "write",
            name,
            () ->
                api.send(
                    api.upload(parameters)
                        .header("Content-Type", "multipart/related; boundary=" + BOUNDARY)
                        .POST(BodyPublishers.ofByteArray(body))
                        .build(),
                    name));
    return GcsApi.json(answer).path("generation").asString("");
  }

  private byte[] multipart(String name, byte[] bytes) {
    ByteArrayOutputStream body = new ByteArrayOutputStream(bytes.length + 512);
    String head =
        "--"
            + BOUNDARY
            + "\r\nContent-Type: application/json; charset=UTF-8\r\n\r\n"
            + description(name)
            + "\r\n--"
            + BOUNDARY
            + "\r\nContent-Type: application/octet-stream\r\n\r\n";
    body.writeBytes(head.getBytes(StandardCharsets.UTF_8));
    body.writeBytes(bytes);
    body.writeBytes(("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
    return body.toByteArray();
  }

  private String description(String name) {
    ObjectNode object = GcsApi.JSON.createObjectNode();
    object.put("name", name);
    object.put("contentType", "application/octet-stream");
    if (!settings.cacheControl().isEmpty()) {
      object.put("cacheControl", settings.cacheControl());
    }
    if (!settings.metadata().isEmpty()) {
      ObjectNode metadata = object.putObject("metadata");
      settings.metadata().forEach(metadata::put);
    }
    return object.toString();
  }

  /// Writes a file of `size` bytes.
  void write(String name, Path file, long size) throws IOException {
    Answer begun =
        calls.run(
            "begin to write",
            name,
            () ->
                api.send(
                    api.upload(Map.of("uploadType", "resumable", "name", name))
                        .header("Content-Type", "application/json; charset=UTF-8")
                        .header("X-Upload-Content-Type", "application/octet-stream")
                        .header("X-Upload-Content-Length", String.valueOf(size))
                        .POST(BodyPublishers.ofString(description(name)))
                        .build(),
                    name));
    String session = begun.header("Location");
    try {
      new Chunks(session, name, file, size).send();
    } catch (IOException | RuntimeException e) {
      cancel(session, name, e);
      throw e;
    }
  }

  /// What the store keeps of an upload that nobody finishes is removed at once.
  private void cancel(String session, String name, Exception reason) {
    boolean interrupted = Thread.interrupted();
    try {
      Answer _ = api.send(api.to(session).DELETE().build(), name, CANCELLED);
    } catch (IOException | RuntimeException e) {
      reason.addSuppressed(e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /// One upload under way.
  private final class Chunks {
    private final String session;
    private final String name;
    private final Path file;
    private final long size;
    private long offset;
    private boolean unsure;

    Chunks(String session, String name, Path file, long size) {
      this.session = session;
      this.name = name;
      this.file = file;
      this.size = size;
    }

    void send() throws IOException {
      boolean finished = false;
      while (!finished) {
        finished = calls.run("write a part of", name, this::next);
      }
    }

    /// Sends the next chunk; asks first how far the store came when it is not known.
    private boolean next() throws IOException {
      if (unsure) {
        Answer state = put("bytes */" + size, BodyPublishers.noBody());
        unsure = false;
        if (state.status() != RESUME) {
          return true;
        }
        offset = stored(state);
      }
      long length = Math.min(settings.chunkBytes(), size - offset);
      String range =
          length == 0
              ? "bytes */" + size
              : "bytes " + offset + "-" + (offset + length - 1) + "/" + size;
      unsure = true;
      Answer answer = put(range, body(length));
      unsure = false;
      if (answer.status() != RESUME) {
        return true;
      }
      long stored = stored(answer);
      if (stored <= offset) {
        throw new IOException(
            name + ": " + stored + " bytes stored (expected: more than " + offset + ")");
      }
      offset = stored;
      return false;
    }

    private BodyPublisher body(long length) {
      long from = offset;
      return length == 0
          ? BodyPublishers.noBody()
          : BodyPublishers.fromPublisher(
              BodyPublishers.ofInputStream(() -> FilePart.open(file, from, length)), length);
    }

    private Answer put(String range, BodyPublisher body) throws IOException {
      HttpRequest request = api.to(session).header("Content-Range", range).PUT(body).build();
      return api.send(request, name, RESUME);
    }

    private static long stored(Answer answer) {
      Matcher range = STORED.matcher(answer.header("Range"));
      return range.matches() ? Long.parseLong(range.group(1)) + 1 : 0;
    }
  }
}
