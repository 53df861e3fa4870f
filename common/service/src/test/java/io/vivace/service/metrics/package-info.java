/// Tests of the metrics.
@NullMarked
package io.vivace.service.metrics;

import org.jspecify.annotations.NullMarked;
