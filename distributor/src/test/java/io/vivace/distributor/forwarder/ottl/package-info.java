/// Tests of the conditions of forwarders.
@NullMarked
package io.vivace.distributor.forwarder.ottl;

import org.jspecify.annotations.NullMarked;
