/// Answers jobs from ingesters and blocks.
@NullMarked
package io.vivace.querier;

import org.jspecify.annotations.NullMarked;
