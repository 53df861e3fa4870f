/// What every object store must do, and servers to try the remote ones with.
@NullMarked
package io.vivace.testkit.storage;

import org.jspecify.annotations.NullMarked;
