/// The store against a server of its own.
@NullMarked
package io.vivace.storage.azure;

import org.jspecify.annotations.NullMarked;
