/// Zipkin spans in all encodings against the tables of what they become, against a slow twin,
/// against damaged payloads, and over HTTP.
@NullMarked
package io.vivace.distributor.receiver.zipkin;

import org.jspecify.annotations.NullMarked;
