package io.vivace.distributor.receiver.jaeger;

import io.vivace.wire.otlp.OtlpWriter;

/// A process, which becomes an OTLP resource.
final class JaegerProcess {
  private static final byte[] VERSION_PREFIX = Texts.of("Jaeger-");

  final Slice serviceName = new Slice();
  final TagTable tags = new TagTable();
  private final Slice version = new Slice();

  void clear() {
    serviceName.clear();
    tags.clear();
  }

  /// Like [#write], but writes nothing for the name that OpenTelemetry's exporters give to a
  /// process without a service.
  void writeUnlessNameless(OtlpWriter resource) {
    if (!serviceName.is(Texts.NO_SERVICE_NAME)) {
      write(resource);
    }
  }

  /// Writes the body of the resource. Afterwards the process is used up.
  void write(OtlpWriter resource) {
    renameHost();
    renameVersion();
    if (!serviceName.isEmpty() && tags.find(Texts.SERVICE_NAME) == TagTable.NONE) {
      int slot = tags.put(key(Texts.SERVICE_NAME));
      tags.setBytes(slot, TagType.STRING, serviceName);
    }
    tags.write(resource, OtlpFields.RESOURCE_ATTRIBUTES);
  }

  private void renameHost() {
    int host = tags.find(Texts.HOSTNAME);
    if (host != TagTable.NONE && tags.find(Texts.HOST_NAME) == TagTable.NONE) {
      tags.rename(host, Texts.HOST_NAME);
    }
  }

  private void renameVersion() {
    int slot = tags.find(Texts.JAEGER_VERSION);
    if (slot == TagTable.NONE || tags.find(Texts.EXPORTER_VERSION) != TagTable.NONE) {
      return;
    }
    tags.text(slot, version);
    byte[] text = new byte[VERSION_PREFIX.length + version.length];
    System.arraycopy(VERSION_PREFIX, 0, text, 0, VERSION_PREFIX.length);
    System.arraycopy(version.source, version.offset, text, VERSION_PREFIX.length, version.length);
    tags.rename(slot, Texts.EXPORTER_VERSION);
    tags.replace(slot, text);
  }

  private static Slice key(byte[] text) {
    Slice slice = new Slice();
    slice.set(text, 0, text.length);
    return slice;
  }
}
