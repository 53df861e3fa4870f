/// Caches before the object store: one in the process, and memcached or Redis shared by all. A
/// cache that is slow or dead costs its timeout and no more; it never fails a read.
@NullMarked
package io.vivace.storage.cache;

import org.jspecify.annotations.NullMarked;
