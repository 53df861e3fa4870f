/// Tests of what the receivers have in common, and a stand-in for the distributor behind them.
@NullMarked
package io.vivace.distributor.receiver;

import org.jspecify.annotations.NullMarked;
