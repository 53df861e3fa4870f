/// Tests of the whole: the rules of the house, and all services in one process.
@NullMarked
package io.vivace.all;

import org.jspecify.annotations.NullMarked;
