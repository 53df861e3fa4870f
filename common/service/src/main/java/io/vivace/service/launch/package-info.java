/// How a process of one or all services is started from the command line.
@NullMarked
package io.vivace.service.launch;

import org.jspecify.annotations.NullMarked;
