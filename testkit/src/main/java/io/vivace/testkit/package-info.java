/// Fakes and contract tests that the modules share.
@NullMarked
package io.vivace.testkit;

import org.jspecify.annotations.NullMarked;
