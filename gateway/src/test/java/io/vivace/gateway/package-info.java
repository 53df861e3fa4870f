/// Tests of the gateway against fake upstreams.
@NullMarked
package io.vivace.gateway;

import org.jspecify.annotations.NullMarked;
