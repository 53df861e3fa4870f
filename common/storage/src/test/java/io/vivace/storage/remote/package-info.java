/// Tests of what is around remote stores.
@NullMarked
package io.vivace.storage.remote;

import org.jspecify.annotations.NullMarked;
