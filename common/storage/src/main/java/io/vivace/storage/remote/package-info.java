/// What every remote store has around it: repeated attempts, a circuit breaker, hedged reads, a
/// prefix, and whoever counts the requests.
@NullMarked
package io.vivace.storage.remote;

import org.jspecify.annotations.NullMarked;
