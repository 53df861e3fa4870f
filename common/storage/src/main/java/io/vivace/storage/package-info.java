/// Object stores, block list, caches.
@NullMarked
package io.vivace.storage;

import org.jspecify.annotations.NullMarked;
