/// The whole product from outside: real processes, real exporters, faults.
@NullMarked
package io.vivace.all.endtoend;

import org.jspecify.annotations.NullMarked;
