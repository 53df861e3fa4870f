/// The object stores against their contract.
@NullMarked
package io.vivace.testkit.storage;

import org.jspecify.annotations.NullMarked;
