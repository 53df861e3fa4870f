package io.vivace.distributor.receiver.zipkin;

import java.util.List;

/// One v1 span while it is read; used again for the next one.
///
/// Kind, endpoint and times of a v1 span are spread over its annotations, so they are put together
/// here, annotation by annotation.
final class V1Span {
  /// Names of core annotations, with the kinds that they mean (OTLP numbers) at the same index.
  private static final Names CORE = new Names(List.of("cs", "cr", "ss", "sr", "ms", "mr"));

  private static final int[] KINDS = {3, 3, 2, 2, 4, 5};
  private static final Names LOCAL_COMPONENT = new Names(List.of("lc"));
  private static final Names ADDRESSES = new Names(List.of("sa", "ca", "ma"));

  final TextArena arena = new TextArena();
  final TagList tags = new TagList(arena);
  final EventList events = new EventList();
  final V1Endpoint endpoint = new V1Endpoint();
  final V1Endpoint peer = new V1Endpoint();
  long traceIdHigh;
  long traceIdLow;
  long id;
  long parentId;
  long name;
  boolean hasTimestamp;
  long timestamp;
  long duration;
  int kind;
  long earliest;
  long latest;
  private long fallbackService;
  private long localComponent;

  void clear() {
    arena.clear();
    tags.clear();
    events.clear();
    endpoint.clear();
    peer.clear();
    traceIdHigh = 0;
    traceIdLow = 0;
    id = 0;
    parentId = 0;
    name = TextArena.NONE;
    hasTimestamp = false;
    timestamp = 0;
    duration = 0;
    kind = 0;
    earliest = 0;
    latest = 0;
    fallbackService = TextArena.NONE;
    localComponent = TextArena.NONE;
  }

  /// Takes an annotation: a core one tells kind and endpoint, any other is an event.
  void annotation(long micros, long value, V1Endpoint host) {
    if (earliest == 0 || micros < earliest) {
      earliest = micros;
    }
    latest = Math.max(latest, micros);
    int core = CORE.find(arena, value);
    if (core < 0) {
      events.add(micros, value);
      return;
    }
    if (kind == 0) {
      kind = KINDS[core];
    }
    if (TextArena.length(endpoint.service) == 0 && TextArena.length(host.service) > 0) {
      endpoint.copy(host);
    }
  }

  /// Takes a binary annotation.
  void binaryAnnotation(long key, byte type, long value) {
    tags.put(key, type, value);
    if (LOCAL_COMPONENT.find(arena, key) == 0 && type == TagList.STRING) {
      localComponent = value;
    }
  }

  /// Takes the endpoint of a binary annotation: the last one names the service of a span whose core
  /// annotations do not.
  void serviceOf(V1Endpoint host) {
    fallbackService = host.service;
  }

  /// Whether the endpoint of a binary annotation is that of the other side: `sa`, `ca` or `ma`,
  /// whose value is true.
  boolean isAddress(long key, byte type, long value) {
    return type == TagList.BOOL && value == 1 && ADDRESSES.find(arena, key) >= 0;
  }

  /// The service, [TextArena#NONE] when nothing names it.
  long service() {
    if (TextArena.length(endpoint.service) > 0) {
      return endpoint.service;
    }
    return TextArena.length(fallbackService) > 0 ? fallbackService : localComponent;
  }
}
