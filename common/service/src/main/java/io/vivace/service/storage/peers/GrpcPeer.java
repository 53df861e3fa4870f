package io.vivace.service.storage.peers;

import com.google.protobuf.UnsafeByteOperations;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.BlockingClientCall;
import io.grpc.stub.ClientCalls;
import io.vivace.storage.ObjectStore;
import io.vivace.storage.peers.Peer;
import io.vivace.storage.remote.StoreException;
import io.vivace.wire.objects.Content;
import io.vivace.wire.objects.Deleted;
import io.vivace.wire.objects.Description;
import io.vivace.wire.objects.IdentifyRequest;
import io.vivace.wire.objects.ListRequest;
import io.vivace.wire.objects.ListedObject;
import io.vivace.wire.objects.LocalObjectsGrpc;
import io.vivace.wire.objects.ObjectList;
import io.vivace.wire.objects.ObjectName;
import io.vivace.wire.objects.ReadRequest;
import io.vivace.wire.objects.WriteRequest;
import io.vivace.wire.objects.Written;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The objects of another process.
public final class GrpcPeer implements Peer, ObjectStore {
  private static final long CALL_SECONDS = 30;

  /// 10 GB at 17 MB/s.
  private static final long WRITE_SECONDS = 600;

  private static final int MAX_READS = 20;

  @FunctionalInterface
  private interface Call<T> {
    T send() throws IOException;
  }

  private final String address;
  private final Channel channel;

  /// @param channel to the process
  public GrpcPeer(String address, Channel channel) {
    this.address = address;
    this.channel = channel;
  }

  private LocalObjectsGrpc.LocalObjectsBlockingStub stub() {
    return LocalObjectsGrpc.newBlockingStub(channel)
        .withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS);
  }

  private <T> T sent(String what, Call<T> call) throws IOException {
    try {
      return call.send();
    } catch (StatusRuntimeException e) {
      throw failure(what, e.getStatus(), e);
    }
  }

  private IOException failure(String what, Status status, Exception cause) {
    if (status.getCode() == Status.Code.NOT_FOUND) {
      return new NoSuchFileException(what);
    }
    if (status.getCode() == Status.Code.CANCELLED && Thread.currentThread().isInterrupted()) {
      return new InterruptedIOException(what + ": interrupted");
    }
    return new StoreException(
        StoreException.Kind.UNAVAILABLE,
        0,
        address
            + ": "
            + what
            + ": "
            + status.getCode()
            + (status.getDescription() == null ? "" : " " + status.getDescription()),
        null,
        cause);
  }

  @Override
  public String address() {
    return address;
  }

  @Override
  public ObjectStore objects() {
    return this;
  }

  @Override
  public String volume() throws IOException {
    return sent(
        "identify", () -> stub().identify(IdentifyRequest.getDefaultInstance()).getVolume());
  }

  @Override
  public byte[] read(String name) throws IOException {
    // one message is one picture of the object; a larger one is read until nobody replaced it
    for (int attempt = 1; ; attempt++) {
      Description before = describe(name);
      byte[] bytes = read(name, 0, Math.toIntExact(before.getSize() + 1));
      boolean isWhole = before.getSize() == bytes.length;
      boolean isOneMessage = before.getSize() < LocalObjectsService.MAX_BYTES;
      if (isWhole && (isOneMessage || before.equals(describe(name)))) {
        return bytes;
      }
      if (attempt == MAX_READS) {
        throw new IOException(address + ": " + name + ": replaced while it was read");
      }
    }
  }

  @Override
  public byte[] read(String name, long offset, int length) throws IOException {
    if (length == 0) {
      long _ = size(name);
      return new byte[0];
    }
    byte[] bytes = new byte[0];
    int read = 0;
    while (read < length) {
      int wanted = Math.min(LocalObjectsService.MAX_BYTES, length - read);
      ReadRequest request =
          ReadRequest.newBuilder().setName(name).setOffset(offset + read).setLength(wanted).build();
      Content part = sent(name, () -> stub().read(request));
      int size = part.getBytes().size();
      if (read == 0 && size == length) {
        return part.getBytes().toByteArray();
      }
      bytes = read == 0 && size == wanted ? new byte[length] : bytes;
      bytes = bytes.length < read + size ? Arrays.copyOf(bytes, read + size) : bytes;
      part.getBytes().copyTo(bytes, read);
      read += size;
      if (size < wanted) {
        return Arrays.copyOf(bytes, read);
      }
    }
    return bytes;
  }

  private Description describe(String name) throws IOException {
    return sent(name, () -> stub().describe(named(name)));
  }

  private static ObjectName named(String name) {
    return ObjectName.newBuilder().setName(name).build();
  }

  @Override
  public long size(String name) throws IOException {
    return describe(name).getSize();
  }

  @Override
  public Instant lastModified(String name) throws IOException {
    return Instant.ofEpochMilli(describe(name).getModifiedMillis());
  }

  @Override
  public void write(String name, byte[] bytes) throws IOException {
    send(name, new ByteArrayInputStream(bytes));
  }

  @Override
  public void write(String name, Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      send(name, in);
    }
  }

  private void send(String name, InputStream in) throws IOException {
    BlockingClientCall<WriteRequest, Written> call =
        ClientCalls.blockingClientStreamingCall(
            channel,
            LocalObjectsGrpc.getWriteMethod(),
            CallOptions.DEFAULT.withDeadlineAfter(WRITE_SECONDS, TimeUnit.SECONDS));
    boolean stored = false;
    try {
      boolean open = call.write(WriteRequest.newBuilder().setName(name).build());
      byte[] part = new byte[LocalObjectsService.MAX_BYTES];
      int size;
      while (open && (size = in.readNBytes(part, 0, part.length)) > 0) {
        byte[] sent = Arrays.copyOf(part, size);
        open =
            call.write(
                WriteRequest.newBuilder().setBytes(UnsafeByteOperations.unsafeWrap(sent)).build());
      }
      call.halfClose();
      Written answer = call.read();
      stored = answer != null;
      if (!stored) {
        throw failure(name, Status.UNAVAILABLE.withDescription("no answer"), new IOException());
      }
    } catch (StatusException e) {
      throw failure(name, e.getStatus(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException(name + ": interrupted");
    } finally {
      if (!stored) {
        call.cancel("not finished", null);
      }
    }
  }

  @Override
  public void delete(String name) throws IOException {
    Deleted _ = sent(name, () -> stub().delete(named(name)));
  }

  @Override
  public List<String> list(String prefix) throws IOException {
    List<String> names = new ArrayList<>();
    objects(prefix, false, object -> names.add(object.getName()));
    return names;
  }

  @Override
  public void walk(String prefix, Consumer<Listed> visitor) throws IOException {
    objects(
        prefix,
        true,
        object -> visitor.accept(new Listed(object.getName(), time(object.getModifiedMillis()))));
  }

  private static @Nullable Instant time(long millis) {
    return millis == 0 ? null : Instant.ofEpochMilli(millis);
  }

  private void objects(String prefix, boolean deep, Consumer<ListedObject> visitor)
      throws IOException {
    ListRequest request = ListRequest.newBuilder().setPrefix(prefix).setDeep(deep).build();
    boolean _ =
        sent(
            "list " + prefix,
            () -> {
              Iterator<ObjectList> answer = stub().list(request);
              while (answer.hasNext()) {
                answer.next().getObjectsList().forEach(visitor);
              }
              return true;
            });
  }
}
