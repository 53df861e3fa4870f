/// Tests of forwarders.
@NullMarked
package io.vivace.distributor.forwarder;

import org.jspecify.annotations.NullMarked;
