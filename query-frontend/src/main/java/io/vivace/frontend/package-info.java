/// The read API: splits queries into jobs and combines their answers.
@NullMarked
package io.vivace.frontend;

import org.jspecify.annotations.NullMarked;
