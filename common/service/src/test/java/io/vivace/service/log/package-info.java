/// Tests of the log lines.
@NullMarked
package io.vivace.service.log;

import org.jspecify.annotations.NullMarked;
