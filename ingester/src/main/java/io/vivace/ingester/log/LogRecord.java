package io.vivace.ingester.log;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.vivace.wire.TraceId;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one push brought for one tenant.
///
/// @param tenant whose traces these are, at most 65,535 bytes of UTF-8
/// @param pieces the pieces of traces
public record LogRecord(String tenant, List<Piece> pieces) {
  private static final int PIECE_HEADER_BYTES = TraceId.BYTES + Integer.BYTES;

  /// Some spans of one trace.
  ///
  /// @param traceId the trace
  /// @param bytes an OTLP `TracesData` message with spans of this trace only
  public record Piece(TraceId traceId, ByteString bytes) {}

  /// The record as bytes, without length and checksum.
  byte[] encode() {
    byte[] name = tenant.getBytes(StandardCharsets.UTF_8);
    if (name.length > 0xffff) {
      throw new IllegalArgumentException(
          "tenant length: " + name.length + " (expected: at most 65535 bytes)");
    }
    int size = Short.BYTES + name.length + Integer.BYTES;
    for (Piece piece : pieces) {
      size = Math.addExact(size, PIECE_HEADER_BYTES + piece.bytes().size());
    }
    ByteBuffer buffer = ByteBuffer.allocate(size);
    buffer.putShort((short) name.length).put(name).putInt(pieces.size());
    for (Piece piece : pieces) {
      buffer.putLong(piece.traceId().high()).putLong(piece.traceId().low());
      buffer.putInt(piece.bytes().size());
      piece.bytes().copyTo(buffer);
    }
    return buffer.array();
  }

  /// The record in `payload`, null when the bytes are none. Keeps the array.
  static @Nullable LogRecord decode(byte[] payload) {
    try {
      ByteBuffer buffer = ByteBuffer.wrap(payload);
      byte[] name = new byte[buffer.getShort() & 0xffff];
      buffer.get(name);
      int count = buffer.getInt();
      if (count < 0 || count > buffer.remaining() / PIECE_HEADER_BYTES) {
        return null;
      }
      List<Piece> pieces = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        TraceId id = new TraceId(buffer.getLong(), buffer.getLong());
        int length = buffer.getInt();
        if (length < 0 || length > buffer.remaining()) {
          return null;
        }
        pieces.add(
            new Piece(id, UnsafeByteOperations.unsafeWrap(payload, buffer.position(), length)));
        buffer.position(buffer.position() + length);
      }
      return buffer.hasRemaining()
          ? null
          : new LogRecord(new String(name, StandardCharsets.UTF_8), pieces);
    } catch (BufferUnderflowException e) {
      return null;
    }
  }
}
