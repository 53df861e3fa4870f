package io.vivace.distributor.receiver.otlp;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import net.jpountz.lz4.LZ4FrameOutputStream;
import org.xerial.snappy.SnappyFramedOutputStream;

/// Small bodies that claim to be, or become, very large.
final class Bombs {
  private static final int MIB = 1 << 20;

  private Bombs() {}

  private interface Encoder {
    OutputStream wrap(OutputStream out) throws IOException;
  }

  static byte[] gzip() throws IOException {
    return zeros(256, GZIPOutputStream::new);
  }

  static byte[] deflate() throws IOException {
    return zeros(256, DeflaterOutputStream::new);
  }

  static byte[] zstd() throws IOException {
    return zeros(256, ZstdOutputStream::new);
  }

  static byte[] lz4() throws IOException {
    return zeros(128, LZ4FrameOutputStream::new);
  }

  static byte[] snappyFramed() throws IOException {
    return zeros(12, SnappyFramedOutputStream::new);
  }

  /// A raw block of snappy is its length and then the data: here the length is all there is.
  static byte[] snappyPreamble(long length) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (long rest = length; ; rest >>>= 7) {
      if (rest < 128) {
        out.write((int) rest);
        return out.toByteArray();
      }
      out.write((int) (rest & 127 | 128));
    }
  }

  /// A good body in a frame that asks for a window of `1 << windowLog` bytes.
  static byte[] zstdWindow(byte[] body, int windowLog) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZstdOutputStream encoded = new ZstdOutputStream(out)) {
      encoded.setLong(windowLog);
      encoded.write(body);
    }
    return out.toByteArray();
  }

  /// `body` in every encoding by its name in HTTP; snappy is framed.
  static Map<String, byte[]> encodings(byte[] body) throws IOException {
    return Map.of(
        "gzip", encoded(body, 1, GZIPOutputStream::new),
        "deflate", encoded(body, 1, DeflaterOutputStream::new),
        "zlib", encoded(body, 1, DeflaterOutputStream::new),
        "zstd", encoded(body, 1, ZstdOutputStream::new),
        "lz4", encoded(body, 1, LZ4FrameOutputStream::new),
        "snappy", encoded(body, 1, SnappyFramedOutputStream::new),
        "x-snappy-framed", encoded(body, 1, SnappyFramedOutputStream::new));
  }

  private static byte[] zeros(int mebibytes, Encoder encoder) throws IOException {
    return encoded(new byte[MIB], mebibytes, encoder);
  }

  private static byte[] encoded(byte[] bytes, int times, Encoder encoder) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream encoded = encoder.wrap(out)) {
      for (int i = 0; i < times; i++) {
        encoded.write(bytes);
      }
    }
    return out.toByteArray();
  }
}
