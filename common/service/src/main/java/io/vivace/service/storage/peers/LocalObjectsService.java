package io.vivace.service.storage.peers;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.vivace.storage.LocalObjectStore;
import io.vivace.storage.ObjectStore.Listed;
import io.vivace.wire.objects.Content;
import io.vivace.wire.objects.Deleted;
import io.vivace.wire.objects.Description;
import io.vivace.wire.objects.IdentifyRequest;
import io.vivace.wire.objects.Identity;
import io.vivace.wire.objects.ListRequest;
import io.vivace.wire.objects.ListedObject;
import io.vivace.wire.objects.LocalObjectsGrpc;
import io.vivace.wire.objects.ObjectList;
import io.vivace.wire.objects.ObjectName;
import io.vivace.wire.objects.ReadRequest;
import io.vivace.wire.objects.WriteRequest;
import io.vivace.wire.objects.Written;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Shows the objects of this process' own folder to other processes. Names cannot leave the folder;
/// messages hold 1 MiB or 1,000 names at most.
public final class LocalObjectsService extends LocalObjectsGrpc.LocalObjectsImplBase {
  /// How much is read in one call, and sent in one message.
  static final int MAX_BYTES = 1 << 20;

  private static final int MAX_NAMES = 1000;

  @FunctionalInterface
  private interface Work<T> {
    T done() throws IOException;
  }

  private final LocalObjectStore objects;

  /// @param objects the folder
  public LocalObjectsService(LocalObjectStore objects) {
    this.objects = objects;
  }

  private static <T> void answer(StreamObserver<T> observer, Work<T> work) {
    try {
      observer.onNext(work.done());
      observer.onCompleted();
    } catch (IOException | RuntimeException e) {
      observer.onError(failure(e));
    }
  }

  private static StatusRuntimeException failure(Exception e) {
    String text = String.valueOf(e.getMessage());
    return switch (e) {
      case StatusRuntimeException status -> status;
      case NoSuchFileException missing ->
          Status.NOT_FOUND.withDescription(text).withCause(missing).asRuntimeException();
      case IOException io ->
          Status.INTERNAL.withDescription(text).withCause(io).asRuntimeException();
      default -> Status.UNKNOWN.withDescription(text).withCause(e).asRuntimeException();
    };
  }

  @Override
  public void identify(IdentifyRequest request, StreamObserver<Identity> observer) {
    answer(observer, () -> Identity.newBuilder().setVolume(objects.markVolume()).build());
  }

  @Override
  public void describe(ObjectName request, StreamObserver<Description> observer) {
    answer(
        observer,
        () ->
            Description.newBuilder()
                .setSize(objects.size(request.getName()))
                .setModifiedMillis(objects.lastModified(request.getName()).toEpochMilli())
                .build());
  }

  @Override
  public void read(ReadRequest request, StreamObserver<Content> observer) {
    answer(
        observer,
        () -> {
          int length = request.getLength();
          if (length < 0 || length > MAX_BYTES || request.getOffset() < 0) {
            throw Status.INVALID_ARGUMENT
                .withDescription("length: " + length + " (expected: 0 to " + MAX_BYTES + ")")
                .asRuntimeException();
          }
          byte[] bytes = objects.read(request.getName(), request.getOffset(), length);
          return Content.newBuilder().setBytes(UnsafeByteOperations.unsafeWrap(bytes)).build();
        });
  }

  @Override
  public void list(ListRequest request, StreamObserver<ObjectList> observer) {
    try {
      List<ListedObject> found = new ArrayList<>();
      if (request.getDeep()) {
        objects.walk(request.getPrefix(), listed -> found.add(described(listed)));
      } else {
        objects
            .list(request.getPrefix())
            .forEach(name -> found.add(ListedObject.newBuilder().setName(name).build()));
      }
      for (int from = 0; from < found.size(); from += MAX_NAMES) {
        observer.onNext(
            ObjectList.newBuilder()
                .addAllObjects(found.subList(from, Math.min(found.size(), from + MAX_NAMES)))
                .build());
      }
      observer.onCompleted();
    } catch (IOException | RuntimeException e) {
      observer.onError(failure(e));
    }
  }

  private ListedObject described(Listed listed) {
    ListedObject.Builder object = ListedObject.newBuilder().setName(listed.name());
    try {
      object.setModifiedMillis(objects.lastModified(listed.name()).toEpochMilli());
    } catch (IOException e) {
      // removed since it was listed: whoever reads it will be told
      object.setModifiedMillis(0);
    }
    return object.build();
  }

  @Override
  public StreamObserver<WriteRequest> write(StreamObserver<Written> observer) {
    Incoming incoming = new Incoming(observer);
    if (observer instanceof ServerCallStreamObserver<Written> call) {
      call.setOnCancelHandler(incoming::abort);
    }
    return incoming;
  }

  @Override
  public void delete(ObjectName request, StreamObserver<Deleted> observer) {
    answer(
        observer,
        () -> {
          objects.delete(request.getName());
          return Deleted.getDefaultInstance();
        });
  }

  /// An object that is on its way.
  private final class Incoming implements StreamObserver<WriteRequest> {
    private final StreamObserver<Written> observer;
    private LocalObjectStore.@Nullable Pending pending;
    private boolean failed;

    Incoming(StreamObserver<Written> observer) {
      this.observer = observer;
    }

    @Override
    public void onNext(WriteRequest part) {
      if (failed) {
        return;
      }
      try {
        if (part.hasName()) {
          pending = objects.begin(part.getName());
        } else {
          content(part.getBytes());
        }
      } catch (IOException | RuntimeException e) {
        fail(e);
      }
    }

    private void content(ByteString bytes) throws IOException {
      LocalObjectStore.Pending object = pending;
      if (object == null) {
        throw Status.INVALID_ARGUMENT
            .withDescription("no name (expected: first)")
            .asRuntimeException();
      }
      object.append(bytes.asReadOnlyByteBuffer());
    }

    private void fail(Exception e) {
      failed = true;
      abort();
      observer.onError(failure(e));
    }

    private void abort() {
      LocalObjectStore.Pending object = pending;
      pending = null;
      if (object != null) {
        object.abort();
      }
    }

    @Override
    public void onError(Throwable cause) {
      abort();
    }

    @Override
    public void onCompleted() {
      LocalObjectStore.Pending object = pending;
      pending = null;
      if (failed) {
        return;
      }
      answer(
          observer,
          () -> {
            if (object == null) {
              throw Status.INVALID_ARGUMENT
                  .withDescription("nothing (expected: a name and bytes)")
                  .asRuntimeException();
            }
            object.publish();
            return Written.getDefaultInstance();
          });
    }
  }
}
