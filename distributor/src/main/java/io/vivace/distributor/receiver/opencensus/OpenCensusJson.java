package io.vivace.distributor.receiver.opencensus;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.vivace.distributor.receiver.opencensus.proto.ExportTraceServiceRequest;
import io.vivace.wire.otlp.MalformedOtlpException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/// Reads bodies of OpenCensus in JSON: one message, or several one behind the other, each in the
/// JSON form of protobuf.
final class OpenCensusJson {
  private static final int MAX_DEPTH = 64;
  private static final int MAX_DIGITS = 40;

  /// Whole numbers of 64 bits without a sign: the protobuf parser expands their exponents.
  private static final Set<String> UNSIGNED =
      Set.of("id", "uncompressedSize", "uncompressed_size", "compressedSize", "compressed_size");

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private OpenCensusJson() {}

  /// The messages of a body in protobuf.
  ///
  /// @throws MalformedOtlpException when one of them is none
  static List<byte[]> toProtobuf(byte[] body) throws MalformedOtlpException {
    List<byte[]> messages = new ArrayList<>();
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), body)) {
      while (parser.nextToken() != null) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
          throw malformed(String.valueOf(parser.currentToken()));
        }
        int start = (int) parser.currentTokenLocation().getByteOffset();
        checkNumbers(parser);
        int end = (int) parser.currentLocation().getByteOffset();
        messages.add(message(new String(body, start, end - start, StandardCharsets.UTF_8)));
      }
    } catch (JacksonException e) {
      throw malformed(e.getOriginalMessage());
    }
    return messages;
  }

  private static byte[] message(String json) throws MalformedOtlpException {
    ExportTraceServiceRequest.Builder message = ExportTraceServiceRequest.newBuilder();
    try {
      JsonFormat.parser().ignoringUnknownFields().merge(json, message);
    } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
      throw malformed(String.valueOf(e.getMessage()));
    }
    return message.build().toByteArray();
  }

  /// Goes to the end of the object.
  private static void checkNumbers(JsonParser parser) throws MalformedOtlpException {
    int depth = 1;
    while (depth > 0) {
      JsonToken token = parser.nextToken();
      if (token == null) {
        throw malformed("unexpected end of JSON input");
      }
      depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
      boolean number = token.isNumeric();
      String name = parser.currentName();
      boolean mayBeNumber =
          token == JsonToken.VALUE_STRING && name != null && UNSIGNED.contains(name);
      if ((number || mayBeNumber) && !isShort(parser.getString())) {
        throw malformed(name + " is no number of 64 bits");
      }
    }
  }

  private static boolean isShort(String number) {
    int exponent = Math.max(number.indexOf('e'), number.indexOf('E'));
    return number.length() <= MAX_DIGITS && (exponent < 0 || number.length() - exponent <= 5);
  }

  private static MalformedOtlpException malformed(String found) {
    return new MalformedOtlpException(
        "json: " + found + " (expected: ExportTraceServiceRequest of OpenCensus)");
  }
}
