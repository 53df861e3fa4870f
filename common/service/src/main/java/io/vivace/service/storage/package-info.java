/// The object store and the block list as beans.
@NullMarked
package io.vivace.service.storage;

import org.jspecify.annotations.NullMarked;
