/// Metrics under exactly the names that Tempo's dashboards and alerts use.
@NullMarked
package io.vivace.service.metrics;

import org.jspecify.annotations.NullMarked;
