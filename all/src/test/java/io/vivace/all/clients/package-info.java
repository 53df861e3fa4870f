/// What other people's clients send, in JVMs of their own, is read back from a running Vivace: by
/// trace id, whole, and by search.
@NullMarked
package io.vivace.all.clients;

import org.jspecify.annotations.NullMarked;
