package io.vivace.distributor.receiver.zipkin;

/// One v2 span while it is read; used again for the next one. Texts lie in its arena.
final class V2Span {
  final TextArena arena = new TextArena();
  final TagList tags = new TagList(arena);
  final EventList events = new EventList();
  final V2Endpoint local = new V2Endpoint();
  final V2Endpoint remote = new V2Endpoint();
  long traceIdHigh;
  long traceIdLow;
  long id;
  long parentId;
  long name;

  /// The number of OTLP, 0 when there is none.
  int kind;

  long timestamp;
  long duration;

  void clear() {
    arena.clear();
    tags.clear();
    events.clear();
    local.clear();
    remote.clear();
    traceIdHigh = 0;
    traceIdLow = 0;
    id = 0;
    parentId = 0;
    name = TextArena.NONE;
    kind = 0;
    timestamp = 0;
    duration = 0;
  }

  /// One side of a span.
  static final class V2Endpoint {
    long service;

    /// The printed address; a version 6 one takes the place of a version 4 one.
    long ip;

    int port;

    void clear() {
      service = TextArena.NONE;
      ip = TextArena.NONE;
      port = 0;
    }
  }
}
