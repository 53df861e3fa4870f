/// How queries become jobs and answers of jobs become answers.
@NullMarked
package io.vivace.frontend.query;

import org.jspecify.annotations.NullMarked;
