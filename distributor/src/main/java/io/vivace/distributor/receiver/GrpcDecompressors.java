package io.vivace.distributor.receiver;

import com.github.luben.zstd.ZstdInputStream;
import io.grpc.Decompressor;
import io.grpc.DecompressorRegistry;
import java.io.IOException;
import java.io.InputStream;
import org.xerial.snappy.SnappyFramedInputStream;

/// The encodings of gRPC messages that receivers take beside gzip: snappy (framed) and zstd.
public final class GrpcDecompressors {
  private GrpcDecompressors() {}

  /// `base` with snappy and zstd, both advertised.
  public static DecompressorRegistry registry(DecompressorRegistry base) {
    return base.with(new Snappy(), true).with(new Zstd(), true);
  }

  private static final class Snappy implements Decompressor {
    @Override
    public String getMessageEncoding() {
      return "snappy";
    }

    @Override
    public InputStream decompress(InputStream in) throws IOException {
      return new SnappyFramedInputStream(in);
    }
  }

  private static final class Zstd implements Decompressor {
    @Override
    public String getMessageEncoding() {
      return "zstd";
    }

    @Override
    public InputStream decompress(InputStream in) throws IOException {
      return new ZstdInputStream(in);
    }
  }
}
