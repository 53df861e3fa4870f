/// Tests of the pages about the process.
@NullMarked
package io.vivace.service.status;

import org.jspecify.annotations.NullMarked;
