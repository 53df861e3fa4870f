/// The store against a server of its own.
@NullMarked
package io.vivace.storage.gcs;

import org.jspecify.annotations.NullMarked;
