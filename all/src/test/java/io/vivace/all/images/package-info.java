/// What the folder `docker` holds, checked without an engine.
@NullMarked
package io.vivace.all.images;

import org.jspecify.annotations.NullMarked;
