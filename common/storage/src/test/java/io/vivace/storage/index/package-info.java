/// Indexes of tenants: the list of a tenant's blocks as one object, in Tempo's two encodings.
@NullMarked
package io.vivace.storage.index;

import org.jspecify.annotations.NullMarked;
