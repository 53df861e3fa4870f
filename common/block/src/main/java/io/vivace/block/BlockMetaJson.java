package io.vivace.block;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `meta.json`, in both directions, with the strictness of Go's decoder: wrong types are errors,
/// nulls and absent keys are zero values.
final class BlockMetaJson {
  private static final JsonMapper MAPPER = new JsonMapper(new JsonFactory());
  private static final long MAX_UINT32 = 0xffffffffL;

  /// Compressions of the old v2 format, in the order of their binary codes.
  static final List<String> ENCODINGS =
      List.of("none", "gzip", "lz4-64k", "lz4-256k", "lz4-1M", "lz4", "snappy", "zstd", "s2");

  private final JsonNode root;
  private final String block;

  private BlockMetaJson(JsonNode root, String block) {
    this.root = root;
    this.block = block;
  }

  static BlockMeta parse(byte[] json, String block) throws BlockFormatException {
    try {
      return parse(MAPPER.readTree(json), block);
    } catch (JacksonException e) {
      throw new BlockFormatException(block, "meta.json: " + e.getOriginalMessage(), e);
    }
  }

  static BlockMeta parse(@Nullable JsonNode root, String block) throws BlockFormatException {
    if (root == null || !root.isObject()) {
      throw new BlockFormatException(block, "meta.json: not an object (expected: an object)");
    }
    return new BlockMetaJson(root, block).meta();
  }

  static List<DedicatedColumn> parseColumns(String json, String block) throws BlockFormatException {
    try {
      JsonNode list = MAPPER.readTree(json);
      return new BlockMetaJson(MAPPER.createObjectNode(), block).columns(list);
    } catch (JacksonException e) {
      throw new BlockFormatException(block, "dedicatedColumns: " + e.getOriginalMessage(), e);
    }
  }

  private BlockMeta meta() throws BlockFormatException {
    return new BlockMeta(
        text(root, "format", ""),
        blockId(),
        text(root, "tenantID", ""),
        time("startTime"),
        time("endTime"),
        number("totalObjects", Long.MAX_VALUE),
        number("size", Long.MAX_VALUE),
        number("compactionLevel", MAX_UINT32),
        encoding(),
        number("indexPageSize", MAX_UINT32),
        number("totalRecords", MAX_UINT32),
        text(root, "dataEncoding", ""),
        number("bloomShards", MAX_UINT32),
        number("footerSize", MAX_UINT32),
        columns(root.get("dedicatedColumns")),
        number("replicationFactor", MAX_UINT32));
  }

  private UUID blockId() throws BlockFormatException {
    String text = text(root, "blockID", "");
    try {
      UUID id = text.isEmpty() ? new UUID(0, 0) : UUID.fromString(text);
      if (text.isEmpty() || text.length() == 36) {
        return id;
      }
    } catch (IllegalArgumentException e) {
      throw new BlockFormatException(block, "meta.json blockID: " + text + " (expected: UUID)", e);
    }
    throw wrong("blockID", text, "36 characters");
  }

  private Instant time(String key) throws BlockFormatException {
    String text = text(root, key, "");
    try {
      return text.isEmpty() ? BlockMeta.NO_TIME : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new BlockFormatException(
          block, "meta.json " + key + ": " + text + " (expected: RFC 3339)", e);
    }
  }

  private String encoding() throws BlockFormatException {
    String text = text(root, "encoding", "none");
    if (!ENCODINGS.contains(text)) {
      throw wrong("encoding", text, "none");
    }
    return text;
  }

  private long number(String key, long max) throws BlockFormatException {
    JsonNode node = root.get(key);
    if (node == null || node.isNull()) {
      return 0;
    }
    if (!node.isIntegralNumber() || !node.canConvertToLong()) {
      throw wrong(key, node, "a number up to " + max);
    }
    long value = node.longValue();
    if (value < 0 || value > max) {
      throw wrong(key, node, "a number up to " + max);
    }
    return value;
  }

  private String text(JsonNode object, String key, String absent) throws BlockFormatException {
    JsonNode node = object.get(key);
    if (node == null || node.isNull()) {
      return absent;
    }
    if (!node.isString()) {
      throw wrong(key, node, "a text");
    }
    return node.stringValue();
  }

  private List<DedicatedColumn> columns(@Nullable JsonNode list) throws BlockFormatException {
    if (list == null || list.isNull()) {
      return List.of();
    }
    if (!list.isArray()) {
      throw wrong("dedicatedColumns", list, "a list");
    }
    List<DedicatedColumn> columns = new ArrayList<>();
    for (JsonNode column : list) {
      columns.add(dedicatedColumn(column));
    }
    return columns;
  }

  private DedicatedColumn dedicatedColumn(JsonNode column) throws BlockFormatException {
    if (!column.isObject()) {
      throw wrong("dedicatedColumns", column, "objects");
    }
    List<String> options = new ArrayList<>();
    JsonNode list = column.get("o");
    if (list != null && !list.isNull()) {
      for (JsonNode option : list) {
        if (!option.isString()) {
          throw wrong("dedicatedColumns o", option, "texts");
        }
        options.add(option.stringValue());
      }
    }
    return new DedicatedColumn(
        text(column, "s", DedicatedColumn.SPAN),
        text(column, "n", ""),
        text(column, "t", DedicatedColumn.STRING),
        options);
  }

  private BlockFormatException wrong(String key, Object value, String expected) {
    String shown = String.valueOf(value);
    shown = shown.length() > 100 ? shown.substring(0, 100) + "…" : shown;
    return new BlockFormatException(
        block, "meta.json " + key + ": " + shown + " (expected: " + expected + ")");
  }

  static String write(BlockMeta meta) {
    StringBuilder out = new StringBuilder(512).append('{');
    text(out, "format", meta.format());
    text(out.append(','), "blockID", meta.blockId().toString());
    text(out.append(','), "tenantID", meta.tenantId());
    text(out.append(','), "startTime", time(meta.startTime()));
    text(out.append(','), "endTime", time(meta.endTime()));
    number(out, "totalObjects", meta.totalObjects());
    if (meta.size() != 0) {
      number(out, "size", meta.size());
    }
    number(out, "compactionLevel", meta.compactionLevel());
    text(out.append(','), "encoding", meta.encoding());
    number(out, "indexPageSize", meta.indexPageSize());
    number(out, "totalRecords", meta.totalRecords());
    text(out.append(','), "dataEncoding", meta.dataEncoding());
    number(out, "bloomShards", meta.bloomShards());
    number(out, "footerSize", meta.footerSize());
    if (!meta.dedicatedColumns().isEmpty()) {
      columns(out.append(",\"dedicatedColumns\":"), meta.dedicatedColumns());
    }
    if (meta.replicationFactor() != 0) {
      number(out, "replicationFactor", meta.replicationFactor());
    }
    return out.append('}').toString();
  }

  /// Instant drops trailing zeros in steps of three digits, Go digit by digit.
  private static String time(Instant time) {
    String text = time.toString();
    if (text.indexOf('.') < 0) {
      return text;
    }
    int end = text.length() - 1;
    while (text.charAt(end - 1) == '0') {
      end--;
    }
    return text.substring(0, end) + "Z";
  }

  static String columns(List<DedicatedColumn> columns) {
    StringBuilder out = new StringBuilder();
    columns(out, columns);
    return out.toString();
  }

  private static void columns(StringBuilder out, List<DedicatedColumn> columns) {
    char separator = '[';
    for (DedicatedColumn column : columns) {
      out.append(separator).append('{');
      if (!column.scope().equals(DedicatedColumn.SPAN)) {
        text(out, "s", column.scope());
        out.append(',');
      }
      text(out, "n", column.name());
      if (!column.type().equals(DedicatedColumn.STRING)) {
        text(out.append(','), "t", column.type());
      }
      if (!column.options().isEmpty()) {
        out.append(",\"o\":[");
        for (int i = 0; i < column.options().size(); i++) {
          quote(i == 0 ? out : out.append(','), column.options().get(i));
        }
        out.append(']');
      }
      out.append('}');
      separator = ',';
    }
    out.append(']');
  }

  private static void number(StringBuilder out, String key, long value) {
    out.append(",\"").append(key).append("\":").append(value);
  }

  private static void text(StringBuilder out, String key, String value) {
    out.append('"').append(key).append("\":");
    quote(out, value);
  }

  /// Escapes what Go's encoder escapes.
  private static void quote(StringBuilder out, String value) {
    out.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"', '\\' -> out.append('\\').append(c);
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '<', '>', '&', '\u2028', '\u2029' -> out.append(String.format("\\u%04x", (int) c));
        default -> out.append(c < ' ' ? String.format("\\u%04x", (int) c) : String.valueOf(c));
      }
    }
    out.append('"');
  }
}
