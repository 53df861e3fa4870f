package io.vivace.distributor.receiver;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import net.jpountz.lz4.LZ4FrameInputStream;
import org.xerial.snappy.Snappy;
import org.xerial.snappy.SnappyFramedInputStream;

/// Undoes the content encodings that HTTP clients use, never producing more than a limit.
public final class Decompression {
  private static final byte[] SNAPPY_STREAM_START = {
    (byte) 0xff, 6, 0, 0, 's', 'N', 'a', 'P', 'p', 'Y'
  };

  private Decompression() {}

  /// The body is larger than allowed, before or after decompression.
  public static final class TooLargeException extends IOException {
    private static final long serialVersionUID = 1;

    TooLargeException() {
      super("http: request body too large");
    }
  }

  /// Nobody here knows the content encoding.
  private static final class UnsupportedEncodingException extends IOException {
    private static final long serialVersionUID = 1;

    UnsupportedEncodingException(String encoding) {
      super("unsupported Content-Encoding: " + encoding);
    }
  }

  /// What to count when [#read] failed.
  public static DecodeFailure failure(IOException error) {
    return switch (error) {
      case TooLargeException _ -> DecodeFailure.TOO_LARGE;
      case UnsupportedEncodingException _ -> DecodeFailure.UNSUPPORTED_ENCODING;
      case EOFException _ -> DecodeFailure.TRUNCATED;
      default -> DecodeFailure.MALFORMED;
    };
  }

  /// Reads a whole body.
  ///
  /// @param encoding value of `Content-Encoding`, empty for none
  /// @param limit most bytes that are read, and most that come out
  /// @throws TooLargeException when there is more
  /// @throws IOException when the body is not what the encoding says, or the encoding is unknown
  public static byte[] read(InputStream body, String encoding, int limit) throws IOException {
    InputStream limited = new LimitedInputStream(body, limit);
    return switch (encoding) {
      case "", "identity" -> limited.readAllBytes();
      case "gzip" -> drain(new GZIPInputStream(limited, 8192), limit);
      case "zstd" -> drain(ZstdBodies.open(limited, limit), limit);
      case "zlib", "deflate" -> drain(new InflaterInputStream(limited), limit);
      case "lz4" -> drain(new LZ4FrameInputStream(limited), limit);
      case "x-snappy-framed" -> drain(new SnappyFramedInputStream(limited), limit);
      case "snappy" -> snappy(limited, limit);
      default -> throw new UnsupportedEncodingException(encoding);
    };
  }

  private static byte[] snappy(InputStream limited, int limit) throws IOException {
    BufferedInputStream buffered = new BufferedInputStream(limited);
    buffered.mark(SNAPPY_STREAM_START.length);
    byte[] start = buffered.readNBytes(SNAPPY_STREAM_START.length);
    buffered.reset();
    if (Arrays.equals(start, SNAPPY_STREAM_START)) {
      return drain(new SnappyFramedInputStream(buffered), limit);
    }
    byte[] block = buffered.readAllBytes();
    // the length in front of the block is the client's word: look at it before memory is taken
    if (Snappy.uncompressedLength(block) > limit) {
      throw new TooLargeException();
    }
    return Snappy.uncompress(block);
  }

  private static byte[] drain(InputStream in, int limit) throws IOException {
    try (InputStream limited = new LimitedInputStream(in, limit)) {
      ByteArrayOutputStream out = new ByteArrayOutputStream(8192);
      limited.transferTo(out);
      return out.toByteArray();
    } catch (RuntimeException e) {
      throw new IOException("body: " + e.getMessage(), e);
    }
  }

  private static final class LimitedInputStream extends FilterInputStream {
    private long left;

    LimitedInputStream(InputStream in, int limit) {
      super(in);
      this.left = limit;
    }

    @Override
    public int read() throws IOException {
      int value = super.read();
      count(value < 0 ? 0 : 1);
      return value;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int count = super.read(bytes, offset, length);
      count(Math.max(0, count));
      return count;
    }

    private void count(int bytes) throws TooLargeException {
      left -= bytes;
      if (left < 0) {
        throw new TooLargeException();
      }
    }
  }
}
