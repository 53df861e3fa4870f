package io.vivace.storage.index;

import io.vivace.block.BlockFormatException;
import io.vivace.block.BlockMeta;
import io.vivace.storage.BlockStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `index.json.gz`: gzip of an object with `created_at`, `meta` and `compacted`; an entry of
/// `compacted` is a meta with `compactedTime`. One block at a time is in memory twice.
final class TenantIndexJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
  private static final String COMPACTED_TIME = "compactedTime";

  private TenantIndexJson() {}

  static byte[] write(TenantIndex index) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      text(out, "{\"created_at\":\"" + index.createdAt() + "\",\"meta\":[");
      for (int i = 0; i < index.live().size(); i++) {
        text(out, i == 0 ? "" : ",");
        out.write(index.live().get(i).toJson());
      }
      text(out, "],\"compacted\":[");
      for (int i = 0; i < index.compacted().size(); i++) {
        BlockStore.Compacted block = index.compacted().get(i);
        byte[] meta = block.meta().toJson();
        text(out, i == 0 ? "" : ",");
        out.write(meta, 0, meta.length - 1);
        text(out, ",\"" + COMPACTED_TIME + "\":\"" + block.compacted() + "\"}");
      }
      text(out, "]}");
    }
    return bytes.toByteArray();
  }

  private static void text(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  /// @param name of the object, for errors
  /// @throws BlockFormatException when it is damaged
  static TenantIndex read(byte[] bytes, String name) throws BlockFormatException {
    try (InputStream in = new Bounded(new GZIPInputStream(new ByteArrayInputStream(bytes)));
        JsonParser parser = MAPPER.createParser(in)) {
      return read(parser, name);
    } catch (BlockFormatException e) {
      throw e;
    } catch (JacksonException e) {
      throw new BlockFormatException(name, "tenant index: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new BlockFormatException(name, "tenant index: " + e.getMessage(), e);
    }
  }

  private static TenantIndex read(JsonParser parser, String name) throws BlockFormatException {
    expect(parser.nextToken(), JsonToken.START_OBJECT, name);
    Instant createdAt = BlockMeta.NO_TIME;
    List<BlockMeta> live = new ArrayList<>();
    List<BlockStore.Compacted> compacted = new ArrayList<>();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String key = parser.currentName();
      JsonToken value = parser.nextToken();
      if (key.equals("created_at") && value == JsonToken.VALUE_STRING) {
        createdAt = time(parser.getString(), name);
      } else if (key.equals("meta") && value == JsonToken.START_ARRAY) {
        while (parser.nextToken() == JsonToken.START_OBJECT) {
          live.add(BlockMeta.parse(node(parser), name));
        }
        expect(parser.currentToken(), JsonToken.END_ARRAY, name);
      } else if (key.equals("compacted") && value == JsonToken.START_ARRAY) {
        while (parser.nextToken() == JsonToken.START_OBJECT) {
          compacted.add(compacted(node(parser), name));
        }
        expect(parser.currentToken(), JsonToken.END_ARRAY, name);
      } else {
        parser.skipChildren();
      }
    }
    expect(parser.currentToken(), JsonToken.END_OBJECT, name);
    return new TenantIndex(createdAt, live, compacted);
  }

  private static JsonNode node(JsonParser parser) {
    return MAPPER.readTree(parser);
  }

  private static BlockStore.Compacted compacted(JsonNode node, String name)
      throws BlockFormatException {
    JsonNode time = node.get(COMPACTED_TIME);
    Instant compacted =
        time != null && time.isString() ? time(time.stringValue(), name) : BlockMeta.NO_TIME;
    return new BlockStore.Compacted(BlockMeta.parse(node, name), compacted);
  }

  private static Instant time(String text, String name) throws BlockFormatException {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new BlockFormatException(name, "time: " + text + " (expected: RFC 3339)", e);
    }
  }

  private static void expect(JsonToken token, JsonToken expected, String name)
      throws BlockFormatException {
    if (token != expected) {
      throw new BlockFormatException(
          name, "tenant index: " + token + " (expected: " + expected + ")");
    }
  }

  /// Ends with an error where an index cannot be any more.
  private static final class Bounded extends InputStream {
    private final InputStream in;
    private long left = TenantIndex.MAX_BYTES;

    Bounded(InputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int read = in.read(target, offset, length);
      left -= Math.max(0, read);
      if (left < 0) {
        throw new IOException("longer than " + TenantIndex.MAX_BYTES + " bytes (expected: less)");
      }
      return read;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
