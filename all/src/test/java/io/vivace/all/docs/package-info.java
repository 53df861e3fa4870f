/// Runs what the documentation shows: commands against a process, configurations through the
/// loader.
@NullMarked
package io.vivace.all.docs;

import org.jspecify.annotations.NullMarked;
