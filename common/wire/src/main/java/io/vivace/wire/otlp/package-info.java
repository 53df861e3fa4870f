/// OTLP on the wire: one pass over the bytes of an export request validates and indexes it, a
/// second regroups its spans by trace id by copying slices. No object per span is made.
@NullMarked
package io.vivace.wire.otlp;

import org.jspecify.annotations.NullMarked;
