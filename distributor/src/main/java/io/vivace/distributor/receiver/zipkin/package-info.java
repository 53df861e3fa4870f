/// Zipkin (zipkin-api, `thrift/zipkinCore.thrift`, `zipkin2-api.yaml`, `zipkin.proto`): the four
/// encodings of spans are decoded and written as OTLP in one pass; every text is copied once.
@NullMarked
package io.vivace.distributor.receiver.zipkin;

import org.jspecify.annotations.NullMarked;
