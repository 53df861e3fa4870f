/// What an operator turns on to look at single spans: lines in the log, and counts by name.
@NullMarked
package io.vivace.distributor.debug;

import org.jspecify.annotations.NullMarked;
