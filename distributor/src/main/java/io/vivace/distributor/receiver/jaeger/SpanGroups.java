package io.vivace.distributor.receiver.jaeger;

import io.vivace.wire.otlp.OtlpWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The spans of one message, put together by resource and by scope as OTLP wants them.
final class SpanGroups {
  private final List<Resource> resources = new ArrayList<>();
  private final Map<ByteBuffer, Resource> byBody = new HashMap<>();

  /// The group of the resource whose body was written to `resource`.
  Resource resource(OtlpWriter resource) {
    byte[] body = resource.toByteArray();
    return byBody.computeIfAbsent(ByteBuffer.wrap(body), key -> add(body));
  }

  /// A group whose resource is not known yet.
  Resource open() {
    return add(new byte[0]);
  }

  private Resource add(byte[] body) {
    Resource resource = new Resource(body);
    resources.add(resource);
    return resource;
  }

  /// An OTLP `ExportTraceServiceRequest` with every span; empty when there is none.
  byte[] toOtlp() {
    int spanBytes = 0;
    for (Resource resource : resources) {
      for (Scope scope : resource.scopes) {
        spanBytes += scope.body.position();
      }
    }
    OtlpWriter out = new OtlpWriter(spanBytes + 256);
    for (Resource resource : resources) {
      resource.write(out);
    }
    return out.toByteArray();
  }

  /// The spans of one resource.
  static final class Resource {
    private byte[] body;
    private final List<Scope> scopes = new ArrayList<>();
    private final Map<List<ByteBuffer>, Scope> byName = new HashMap<>();
    private @Nullable Scope last;

    private Resource(byte[] body) {
      this.body = body;
    }

    /// Sets the resource to what was written to `resource`.
    void describe(OtlpWriter resource) {
      body = resource.toByteArray();
    }

    /// Adds the finished `span` to the scope `name` and `version`; both empty for none.
    void add(JaegerSpan span, Slice name, Slice version) {
      Scope scope = last;
      if (scope == null || !name.is(scope.name) || !version.is(scope.version)) {
        scope = scope(name.copy(), version.copy());
        last = scope;
      }
      scope.body.message(OtlpFields.SCOPE_SPANS_SPANS, span.body);
    }

    private Scope scope(byte[] name, byte[] version) {
      return byName.computeIfAbsent(
          List.of(ByteBuffer.wrap(name), ByteBuffer.wrap(version)),
          key -> {
            Scope scope = new Scope(name, version);
            scopes.add(scope);
            return scope;
          });
    }

    private void write(OtlpWriter out) {
      if (scopes.isEmpty()) {
        return;
      }
      int resourceSpans = out.begin(OtlpFields.REQUEST_RESOURCE_SPANS);
      out.bytes(OtlpFields.RESOURCE_SPANS_RESOURCE, body, 0, body.length);
      for (Scope scope : scopes) {
        out.message(OtlpFields.RESOURCE_SPANS_SCOPE_SPANS, scope.body);
      }
      out.end(resourceSpans);
    }
  }

  /// The spans of one instrumentation scope, written as the body of `ScopeSpans`.
  private static final class Scope {
    private final byte[] name;
    private final byte[] version;
    private final OtlpWriter body = new OtlpWriter(4096);

    Scope(byte[] name, byte[] version) {
      this.name = name;
      this.version = version;
      int scope = body.begin(OtlpFields.SCOPE_SPANS_SCOPE);
      if (name.length > 0) {
        body.bytes(OtlpFields.SCOPE_NAME, name, 0, name.length);
      }
      if (version.length > 0) {
        body.bytes(OtlpFields.SCOPE_VERSION, version, 0, version.length);
      }
      body.end(scope);
    }
  }
}
