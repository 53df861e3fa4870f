package io.vivace.distributor.receiver;

import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/// A message that was read, or why it could not be: a marshaller that throws makes the client see
/// an unknown error.
///
/// @param bytes the message, null when it could not be read
/// @param error what the client has to be told, null when there is a message
/// @param failure what has to be counted
public record GrpcBody(byte @Nullable [] bytes, @Nullable Status error, DecodeFailure failure) {
  /// A marshaller that reads at most `maxBytes` bytes, after decompression.
  public static MethodDescriptor.Marshaller<GrpcBody> marshaller(int maxBytes) {
    return new Marshaller(maxBytes);
  }

  /// The message.
  ///
  /// @param consumer counts when there is none
  /// @throws StatusRuntimeException with what the client has to be told when there is none
  public byte[] bytesOrThrow(TracesConsumer consumer) {
    if (bytes != null) {
      return bytes;
    }
    consumer.decodeFailed(failure);
    throw (error == null ? Status.INTERNAL : error).asRuntimeException();
  }

  private record Marshaller(int maxBytes) implements MethodDescriptor.Marshaller<GrpcBody> {
    @Override
    public InputStream stream(GrpcBody value) {
      byte[] bytes = value.bytes();
      return new ByteArrayInputStream(bytes == null ? new byte[0] : bytes);
    }

    @Override
    public GrpcBody parse(InputStream stream) {
      try {
        byte[] bytes = stream.readNBytes(maxBytes + 1);
        return bytes.length > maxBytes
            ? new GrpcBody(null, tooLarge(), DecodeFailure.TOO_LARGE)
            : new GrpcBody(bytes, null, DecodeFailure.MALFORMED);
      } catch (StatusRuntimeException e) {
        return new GrpcBody(null, e.getStatus(), DecodeFailure.TOO_LARGE);
      } catch (IOException | RuntimeException e) {
        return new GrpcBody(
            null,
            Status.INTERNAL.withDescription(
                "grpc: failed to decompress the received message: " + e.getMessage()),
            DecodeFailure.MALFORMED);
      }
    }

    private Status tooLarge() {
      return Status.RESOURCE_EXHAUSTED.withDescription(
          "grpc: received message after decompression larger than max " + maxBytes);
    }
  }
}
