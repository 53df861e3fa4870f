/// Logs, holds, searches and flushes live traces.
@NullMarked
package io.vivace.ingester;

import org.jspecify.annotations.NullMarked;
