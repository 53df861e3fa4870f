package io.vivace.distributor.receiver;

import io.grpc.Decompressor;
import io.grpc.DecompressorRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.xerial.snappy.SnappyFramedInputStream;

/// The encodings of gRPC messages that receivers take: gzip, snappy (framed) and zstd.
public final class GrpcDecompressors {
  private GrpcDecompressors() {}

  /// `base` with the encodings of receivers, all advertised.
  public static DecompressorRegistry registry(DecompressorRegistry base) {
    return base.with(new Late("gzip", GZIPInputStream::new), true)
        .with(new Late("snappy", SnappyFramedInputStream::new), true)
        .with(new Late("zstd", in -> ZstdBodies.open(in, 0)), true);
  }

  @FunctionalInterface
  private interface Opener {
    InputStream open(InputStream in) throws IOException;
  }

  /// Opens the message when it is read, not before: what goes wrong while gRPC asks for the stream
  /// reaches the client as an unknown error, what goes wrong later as the marshaller says.
  private record Late(String encoding, Opener opener) implements Decompressor {
    @Override
    public String getMessageEncoding() {
      return encoding;
    }

    @Override
    public InputStream decompress(InputStream in) {
      return new LateStream(in, opener);
    }
  }

  private static final class LateStream extends InputStream {
    private final InputStream encoded;
    private final Opener opener;
    private @Nullable InputStream opened;

    LateStream(InputStream encoded, Opener opener) {
      this.encoded = encoded;
      this.opener = opener;
    }

    private InputStream opened() throws IOException {
      if (opened == null) {
        opened = opener.open(encoded);
      }
      return opened;
    }

    @Override
    public int read() throws IOException {
      return opened().read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      return opened().read(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      (opened == null ? encoded : opened).close();
    }
  }
}
