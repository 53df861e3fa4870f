package io.vivace.distributor.receiver.jaeger;

/// The types of tags. Protobuf and Thrift number them differently.
enum TagType {
  STRING,
  BOOL,
  INT64,
  FLOAT64,
  BINARY
}
