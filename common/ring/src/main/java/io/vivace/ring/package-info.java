/// The ring: tokens, lookups, membership.
@NullMarked
package io.vivace.ring;

import org.jspecify.annotations.NullMarked;
