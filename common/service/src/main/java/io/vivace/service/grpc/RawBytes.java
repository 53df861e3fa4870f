package io.vivace.service.grpc;

import io.grpc.KnownLength;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/// gRPC methods whose messages stay the bytes they are on the wire.
public final class RawBytes {
  /// Passes byte arrays through.
  public static final MethodDescriptor.Marshaller<byte[]> MARSHALLER =
      new MethodDescriptor.Marshaller<>() {
        @Override
        public InputStream stream(byte[] value) {
          return new Bytes(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
          try {
            return stream.readAllBytes();
          } catch (IOException e) {
            throw new UncheckedIOException("reading a gRPC message", e);
          }
        }
      };

  private RawBytes() {}

  /// A method with raw messages both ways.
  ///
  /// @param name full name, `package.Service/Method`
  public static MethodDescriptor<byte[], byte[]> method(String name, MethodType type) {
    return MethodDescriptor.<byte[], byte[]>newBuilder()
        .setType(type)
        .setFullMethodName(name)
        .setRequestMarshaller(MARSHALLER)
        .setResponseMarshaller(MARSHALLER)
        .build();
  }

  /// A stream of an array whose length gRPC can ask for, so that it allocates once.
  private static final class Bytes extends ByteArrayInputStream implements KnownLength {
    Bytes(byte[] value) {
      super(value);
    }
  }
}
