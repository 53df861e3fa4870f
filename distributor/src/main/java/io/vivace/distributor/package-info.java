/// Receives spans and distributes them to ingesters.
@NullMarked
package io.vivace.distributor;

import org.jspecify.annotations.NullMarked;
