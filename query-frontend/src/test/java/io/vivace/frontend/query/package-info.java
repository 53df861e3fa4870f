/// Tests of how queries are split and their answers kept.
@NullMarked
package io.vivace.frontend.query;

import org.jspecify.annotations.NullMarked;
