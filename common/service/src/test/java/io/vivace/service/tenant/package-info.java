/// Tests of tenancy.
@NullMarked
package io.vivace.service.tenant;

import org.jspecify.annotations.NullMarked;
