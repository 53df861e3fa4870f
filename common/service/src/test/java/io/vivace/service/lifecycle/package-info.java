/// Tests of readiness.
@NullMarked
package io.vivace.service.lifecycle;

import org.jspecify.annotations.NullMarked;
