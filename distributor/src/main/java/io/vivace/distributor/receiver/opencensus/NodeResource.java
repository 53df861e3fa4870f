package io.vivace.distributor.receiver.opencensus;

import com.google.protobuf.Timestamp;
import io.vivace.distributor.receiver.opencensus.proto.LibraryInfo;
import io.vivace.distributor.receiver.opencensus.proto.LibraryInfo.Language;
import io.vivace.distributor.receiver.opencensus.proto.Node;
import io.vivace.distributor.receiver.opencensus.proto.ProcessIdentifier;
import io.vivace.distributor.receiver.opencensus.proto.Resource;
import io.vivace.wire.otlp.OtlpWriter;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.LinkedHashMap;
import java.util.Map;

/// What node and resource say of a span's origin, as attributes of an OTLP resource. Attributes of
/// the node go before labels of the resource, fields before both.
final class NodeResource {
  private static final int ATTRIBUTES = 1;
  private static final DateTimeFormatter RFC_3339 =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .appendLiteral('Z')
          .toFormatter()
          .withZone(ZoneOffset.UTC);

  private final Map<String, Object> attributes = new LinkedHashMap<>();

  private NodeResource() {}

  /// Writes the attributes into the open resource.
  static void write(Node node, Resource resource, OtlpWriter out) {
    NodeResource attributes = new NodeResource();
    attributes.add(resource);
    attributes.add(node);
    attributes.attributes.forEach((key, value) -> {
      if (value instanceof Long number) {
        out.attribute(ATTRIBUTES, key, number.longValue());
      } else {
        out.attribute(ATTRIBUTES, key, value.toString());
      }
    });
  }

  private void add(Resource resource) {
    resource
        .getLabelsMap()
        .forEach((key, value) ->
            attributes.put(key.equals("cloud.zone") ? "cloud.availability_zone" : key, value));
    addText("opencensus.resourcetype", resource.getType());
  }

  private void add(Node node) {
    attributes.putAll(node.getAttributesMap());
    addText("service.name", node.getServiceInfo().getName());
    ProcessIdentifier process = node.getIdentifier();
    if (process.hasStartTimestamp()) {
      addText("opencensus.starttime", text(process.getStartTimestamp()));
    }
    addText("host.name", process.getHostName());
    if (process.getPid() != 0) {
      attributes.put("process.pid", Integer.toUnsignedLong(process.getPid()));
    }
    LibraryInfo library = node.getLibraryInfo();
    addText("telemetry.sdk.version", library.getCoreLibraryVersion());
    addText("opencensus.exporterversion", library.getExporterVersion());
    addText("telemetry.sdk.language", language(library.getLanguage()));
  }

  private void addText(String key, String value) {
    if (!value.isEmpty()) {
      attributes.put(key, value);
    }
  }

  private static String text(Timestamp time) {
    try {
      return RFC_3339.format(Instant.ofEpochSecond(time.getSeconds(), time.getNanos()));
    } catch (DateTimeException e) {
      // no calendar has this day
      return "";
    }
  }

  /// The names of OpenTelemetry's semantic conventions.
  private static String language(Language language) {
    return switch (language) {
      case CPP -> "cpp";
      case C_SHARP -> "dotnet";
      case ERLANG -> "erlang";
      case GO_LANG -> "go";
      case JAVA -> "java";
      case NODE_JS -> "nodejs";
      case PHP -> "php";
      case PYTHON -> "python";
      case RUBY -> "ruby";
      case WEB_JS -> "webjs";
      case LANGUAGE_UNSPECIFIED, UNRECOGNIZED -> "";
    };
  }
}
