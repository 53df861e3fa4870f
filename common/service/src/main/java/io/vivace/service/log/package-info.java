/// Logs: one line an event on standard error, as logfmt or JSON.
@NullMarked
package io.vivace.service.log;

import org.jspecify.annotations.NullMarked;
