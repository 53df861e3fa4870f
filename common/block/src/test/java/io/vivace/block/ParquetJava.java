package io.vivace.block;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.ByteBuffer;
import java.util.Map;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.bytes.ByteBufferAllocator;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.crypto.FileDecryptionProperties;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetMetricsCallback;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;
import org.xerial.snappy.Snappy;

/// Opens files with parquet-java without Hadoop on the class path. Its constructors are looked up
/// by exact signature, because the compiler and reflection stumble over overloads with Hadoop
/// types.
final class ParquetJava {
  private ParquetJava() {}

  static ParquetFileReader open(byte[] file) {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      return (ParquetFileReader)
          lookup
              .findConstructor(
                  ParquetFileReader.class,
                  MethodType.methodType(void.class, InputFile.class, ParquetReadOptions.class))
              .invoke((InputFile) new Memory(file), options());
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private static ParquetReadOptions options() throws Throwable {
    MethodType type =
        MethodType.methodType(
            void.class,
            new Class<?>[] {
              boolean.class,
              boolean.class,
              boolean.class,
              boolean.class,
              boolean.class,
              boolean.class,
              boolean.class,
              boolean.class,
              boolean.class,
              FilterCompat.Filter.class,
              ParquetMetadataConverter.MetadataFilter.class,
              CompressionCodecFactory.class,
              ByteBufferAllocator.class,
              int.class,
              Map.class,
              FileDecryptionProperties.class,
              ParquetMetricsCallback.class,
              ParquetConfiguration.class
            });
    return (ParquetReadOptions)
        MethodHandles.privateLookupIn(ParquetReadOptions.class, MethodHandles.lookup())
            .findConstructor(ParquetReadOptions.class, type)
            .invokeWithArguments(
                false,
                false,
                false,
                false,
                false,
                true,
                false,
                false,
                false,
                FilterCompat.NOOP,
                ParquetMetadataConverter.NO_FILTER,
                new Codecs(),
                new HeapByteBufferAllocator(),
                8 << 20,
                Map.of(),
                null,
                null,
                new PlainParquetConfiguration());
  }

  private record Memory(byte[] file) implements InputFile {
    @Override
    public long getLength() {
      return file.length;
    }

    @Override
    public SeekableInputStream newStream() {
      Seekable in = new Seekable(file);
      return new DelegatingSeekableInputStream(in) {
        @Override
        public long getPos() {
          return in.position();
        }

        @Override
        public void seek(long position) {
          in.seek(position);
        }
      };
    }
  }

  private static final class Seekable extends ByteArrayInputStream {
    Seekable(byte[] file) {
      super(file);
    }

    synchronized long position() {
      return pos;
    }

    synchronized void seek(long position) {
      pos = (int) position;
    }
  }

  private static final class Codecs implements CompressionCodecFactory {
    @Override
    public BytesInputCompressor getCompressor(CompressionCodecName codec) {
      throw new UnsupportedOperationException("compressing");
    }

    @Override
    public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
      return new Decompressor(codec);
    }

    @Override
    public void release() {}
  }

  private record Decompressor(CompressionCodecName codec)
      implements CompressionCodecFactory.BytesInputDecompressor {
    @Override
    public BytesInput decompress(BytesInput bytes, int size) throws IOException {
      byte[] source = bytes.toInputStream().readAllBytes();
      byte[] target =
          switch (codec) {
            case UNCOMPRESSED -> source;
            case SNAPPY -> source.length == 0 ? source : Snappy.uncompress(source);
            case ZSTD -> Zstd.decompress(source, size);
            default -> throw new IOException("codec " + codec);
          };
      return BytesInput.from(target);
    }

    @Override
    public void decompress(ByteBuffer input, int inputSize, ByteBuffer output, int outputSize)
        throws IOException {
      byte[] source = new byte[inputSize];
      input.get(source);
      output.put(decompress(BytesInput.from(source), outputSize).toInputStream().readAllBytes());
    }

    @Override
    public void release() {}
  }
}
