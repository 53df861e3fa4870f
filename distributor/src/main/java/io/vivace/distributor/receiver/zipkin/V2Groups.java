package io.vivace.distributor.receiver.zipkin;

import io.vivace.wire.otlp.OtlpWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Puts v2 spans together by service and library.
///
/// The resource is that of the first span of the first library of a service, as in Tempo: resource
/// tags of other spans are dropped. With `lossless` spans with other resource tags have a resource
/// of their own, also those without a service.
final class V2Groups {
  /// What OpenTelemetry's exporter calls a service without a name.
  private static final Names NO_SERVICE = new Names(List.of("OTLPResourceNoServiceName"));

  private final V2Span span;
  private final TextArena arena;
  private final V2Tags roles;
  private final boolean lossless;
  private final SpanGroups groups;
  private final OtlpWriter resource = new OtlpWriter(256);

  V2Groups(V2Span span, V2Tags roles, boolean lossless, int expectedBytes) {
    this.groups = new SpanGroups(expectedBytes);
    this.span = span;
    this.arena = span.arena;
    this.roles = roles;
    this.lossless = lossless;
  }

  byte[] request() {
    return groups.request();
  }

  /// Where the span that was read belongs.
  OtlpWriter content() {
    long service = span.local.service;
    if (NO_SERVICE.find(arena, service) == 0) {
      service = TextArena.NONE;
    }
    long library = roles.text(V2Tags.LIBRARY_NAME);
    long name = service;
    int key = arena.size();
    if (lossless) {
      resource.reset();
      writeResource(resource, name);
      arena.add(resource);
    } else {
      arena.addCopy(name);
    }
    int nameEnd = arena.size();
    arena.addCopy(library);
    // the length tells where the name ends and the library begins
    arena.addInt(nameEnd - key);
    return groups.content(
        arena.bytes(), key, arena.size(), () -> origin(key, nameEnd, name, library));
  }

  private SpanGroups.Origin origin(int key, int nameEnd, long service, long library) {
    OtlpWriter own = new OtlpWriter(128);
    writeResource(own, service);
    OtlpWriter scope = new OtlpWriter(32);
    OtlpSpan.text(scope, 1, arena, library);
    OtlpSpan.text(scope, 2, arena, roles.text(V2Tags.LIBRARY_VERSION));
    String name = new String(arena.bytes(), key, nameEnd - key, StandardCharsets.ISO_8859_1);
    return new SpanGroups.Origin(name, arena.string(library), own, scope);
  }

  private void writeResource(OtlpWriter out, long service) {
    TagList tags = span.tags;
    boolean hasService = TextArena.length(service) > 0;
    if (!hasService && !lossless) {
      return;
    }
    long source = roles.text(V2Tags.SERVICE_NAME_SOURCE);
    long nameKey = TextArena.length(source) > 0 ? source : arena.add("service.name");
    int same = tags.find(nameKey);
    boolean overwritten = same >= 0 && roles.isOfResource(same);
    if (hasService && !overwritten) {
      tags.write(out, 1, nameKey, TagList.STRING, service);
    }
    for (int i = 0; i < tags.size(); i++) {
      if (roles.isOfResource(i)) {
        tags.write(out, 1, i);
      }
    }
  }
}
